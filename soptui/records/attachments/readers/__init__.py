"""What reads strangers' files, in the worker only: nothing else imports these modules."""
