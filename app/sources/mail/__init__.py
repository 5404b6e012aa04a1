"""What is read out of e-mails: letters, and the reviews that review sites write of."""
