# ranking.gp: one row an agency, its points as a bar stacked by field.
#
#   gnuplot -d -c ranking.gp DATA OUT WIDTH HEIGHT LEFT RIGHT LOW HIGH
#
# LOW and HIGH are points, LEFT and RIGHT the pixels where they stand. Besides the rows of style.gp the data file has
#   grid   points  upper  lower
#   bar    from  to  upper  lower  colour       (from and to in points; upper and lower in pixels)
DATA = ARG1; OUT = ARG2; WIDTH = int(ARG3); HEIGHT = int(ARG4)
LEFT = real(ARG5); RIGHT = real(ARG6); LOW = real(ARG7); HIGH = real(ARG8)
load 'style.gp'

x(points) = LEFT + (points - LOW) * (RIGHT - LEFT) / (HIGH - LOW)
bar_x(n) = is('bar') ? x(($2 + $3) / 2.) : NaN
grid_x(n) = is('grid') ? x($2) : NaN

# Boxes are the stripes behind every other row and the legend's colours. A thin white edge parts the fields of a bar.
plot DATA using (box_x('box')):(($4 + $5) / 2.):2:3:4:5:6 with boxxyerror linecolor rgb variable, \
     DATA using (grid_x(0)):3:(0):($4 - $3) with vectors nohead linewidth 1 linecolor rgb GRID, \
     DATA using (box_x('mask')):(($4 + $5) / 2.):2:3:4:5:6 with boxxyerror linecolor rgb variable, \
     DATA using (bar_x(0)):(($4 + $5) / 2.):(x($2)):(x($3)):4:5:6 with boxxyerror linecolor rgb variable fill solid border rgb '#ffffff', \
     for [f=1:4] DATA using (text_x(f, 0)):3:7:6 with labels left font FONTS[f] textcolor rgb variable, \
     for [f=1:4] DATA using (text_x(f, 1)):3:7:6 with labels right font FONTS[f] textcolor rgb variable, \
     for [f=1:4] DATA using (text_x(f, 2)):3:7:6 with labels center font FONTS[f] textcolor rgb variable
