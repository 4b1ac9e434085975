# bump.gp: the ranks of several periods side by side, a line for each agency from one to the next.
#
#   gnuplot -d -c bump.gp DATA OUT PAGE
#
# Besides the rows of style.gp the data file has
#   line   x  y  x2  y2  width  colour      (width 1: most; 2: those that moved far, above the others)
#   pill   x  y  x2  colour                 (a rank stands on it)
DATA = ARG1; OUT = ARG2; PAGE = ARG3
load 'style.gp'

array THICK[2] = [1.2, 2.6]
line_x(width) = is('line') && $6 == width ? $2 : NaN
pill_x(n) = is('pill') ? $2 : NaN

plot @BOXES, \
     for [w=1:2] DATA using (line_x(w)):3:($4 - $2):($5 - $3):7 with vectors nohead linewidth THICK[w] linecolor rgb variable, \
     DATA using (pill_x(0)):3:($4 - $2 + 0.1):(0):5 with vectors nohead linewidth 16 linecolor rgb variable, \
     @TEXTS
