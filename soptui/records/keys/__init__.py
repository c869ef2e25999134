"""SSH keys and signatures.

| where | what |
| --- | --- |
| `sshsig` | public keys, signatures in their one canonical form, and whether one holds |
| `signing` | keys found and made, and signatures by `ssh-keygen`: no private key is read here |
| `key_proof` | the word of a key that its owner holds for a further one of theirs |
"""
