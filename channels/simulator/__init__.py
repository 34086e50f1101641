"""The customer's phone and mailbox: the simulated far end of the channels.

Its own process, which shares no code with the rest of the project. It speaks the real wire protocols of the
providers (SMTP, Twilio's Messages API, Meta's Graph API), so the adapters that talk to it are the ones that talk to
the world.
"""
