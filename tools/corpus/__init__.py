"""The training corpus: marked fictional journals, with the tools that build and check them."""
