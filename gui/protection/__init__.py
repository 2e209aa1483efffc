"""Files under a passphrase: unlocking, encrypting, the lock after a while without input, and copies for mail."""
