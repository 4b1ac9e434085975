# heat.gp: a cell for each agency and criterion, coloured by the part of the maximum.
#
#   gnuplot -d -c heat.gp DATA OUT PAGE
#
# Cells are boxes of style.gp: their places and colours come ready-made.
DATA = ARG1; OUT = ARG2; PAGE = ARG3
load 'style.gp'

plot @BOXES, \
     @TURNED, \
     @TEXTS
