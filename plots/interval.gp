# interval.gp: between which ranks each agency comes to stand (a band), the middle one (a stroke) and the rank it has (a dot).
#
#   gnuplot -d -c interval.gp DATA OUT PAGE
#
# Besides the rows of style.gp the data file has
#   dot    x  y  colour
DATA = ARG1; OUT = ARG2; PAGE = ARG3
load 'style.gp'

mark_x(kind) = is(kind) ? $2 : NaN

# A dot is a short line with round ends: a terminal's own point signs have sizes of their own.
plot @BOXES, \
     @MASKS, \
     DATA using (mark_x('dot')):3:(0.1):(0):4 with vectors nohead linewidth 9 linecolor rgb variable, \
     @TEXTS
