"""SMS as Twilio carries it: the Messages API, status callbacks and the incoming message webhook."""
