"""Examples of subjects that came later than those beside this folder."""
