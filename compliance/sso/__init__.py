"""Single sign-on: the users of a merchant come with the account that their own organisation keeps (OpenID Connect)."""
