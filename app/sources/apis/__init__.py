"""What sources that ask an interface of programs share: safe reading of JSON, walking back page by page."""
