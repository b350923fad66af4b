"""Passkeys: a device opens the vault, or confirms who is there, by fingerprint, face or PIN.

The secret that a passkey gives (WebAuthn, PRF extension) is posted like a passphrase and wraps the vault key as one does.
A passkey without it confirms only. What pages say of all this is for `accounts` to choose.
"""
