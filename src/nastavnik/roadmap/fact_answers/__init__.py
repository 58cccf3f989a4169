"""The facts that this product knows by now, by the rows they are read from. `config` of the app imports them all; an app
above registers its own with `facts.register_fact`."""
