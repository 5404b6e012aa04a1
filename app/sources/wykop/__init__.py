"""What is read of Wykop: the log-in of an application, entries of the microblog, links and their comments."""
