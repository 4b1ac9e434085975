# dumbbell.gp: what each agency claimed (a ring) and what it got (a dot), with a bar between them.
#
#   gnuplot -d -c dumbbell.gp DATA OUT PAGE
#
# Besides the rows of style.gp the data file has
#   ring   x  y  colour       (a wide disc …
#   hole   x  y  colour        … with a smaller one on it)
#   dot    x  y  colour
DATA = ARG1; OUT = ARG2; PAGE = ARG3
load 'style.gp'

mark_x(kind) = is(kind) ? $2 : NaN

# Discs are short lines with round ends: a terminal's own point signs have sizes of their own.
plot @BOXES, \
     DATA using (mark_x('ring')):3:(0.1):(0):4 with vectors nohead linewidth 13 linecolor rgb variable, \
     DATA using (mark_x('hole')):3:(0.1):(0):4 with vectors nohead linewidth 8 linecolor rgb variable, \
     DATA using (mark_x('dot')):3:(0.1):(0):4 with vectors nohead linewidth 9 linecolor rgb variable, \
     @TEXTS
