"""An invented municipality, built through the product's own actions. No person, school or place in it is real."""
