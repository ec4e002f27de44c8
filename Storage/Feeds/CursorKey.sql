select hashtext($1)
