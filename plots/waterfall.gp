# waterfall.gp: from the most points down to those of one agency, a step for each field.
#
#   gnuplot -d -c waterfall.gp DATA OUT PAGE
#
# All that the data file has are rows of style.gp: bars are masks, above the lines.
DATA = ARG1; OUT = ARG2; PAGE = ARG3
load 'style.gp'

plot @BOXES, \
     @MASKS, \
     @TEXTS
