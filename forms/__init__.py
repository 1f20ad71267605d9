"""The Excel form: what is asked (`spec`), where it stands (`layout`), written (`writing`) and read (`reading`)."""
