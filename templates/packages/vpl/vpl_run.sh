#!/bin/bash
# "Run": there is nothing to be run here, and students are told so.
cat >vpl_execution <<'END'
#!/bin/bash
echo 'Press "Evaluate" to have @{ slug } graded.'
END
chmod +x vpl_execution
