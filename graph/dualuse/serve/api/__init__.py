"""Every question at an address: its parameters as the command line has them, its card as JSON, what describes both."""
