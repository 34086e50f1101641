"""An integrator's chatbot, as `docs/channels.md` asks for one."""
