"""The Excel form: what a reporter is asked (`spec`), where it stands (`layout`), written (`writing`) and read (`reading`)."""
