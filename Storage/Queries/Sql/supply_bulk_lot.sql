select code from lot where bulk and material = $1 and location = $2
