# ranking.gp: one row an agency, its points as a bar stacked by field.
#
#   gnuplot -d -c ranking.gp DATA OUT PAGE LEFT RIGHT LOW HIGH
#
# LOW and HIGH are points, LEFT and RIGHT the pixels where they stand. Besides the rows of style.gp the data file has
#   bar    from  to  upper  lower  colour       (from and to in points; upper and lower in pixels)
DATA = ARG1; OUT = ARG2; PAGE = ARG3
LEFT = real(ARG4); RIGHT = real(ARG5); LOW = real(ARG6); HIGH = real(ARG7)
load 'style.gp'

x(points) = LEFT + (points - LOW) * (RIGHT - LEFT) / (HIGH - LOW)
bar_x(n) = is('bar') ? x(($2 + $3) / 2.) : NaN
end_x(n) = is('bar') ? x($3) : NaN

# Boxes are the stripes behind every other row and the legend's colours. A thin white line parts the fields of a bar.
plot @BOXES, \
     @MASKS, \
     DATA using (bar_x(0)):(($4 + $5) / 2.):(x($2)):(x($3)):4:5:6 with boxxyerror linecolor rgb variable, \
     DATA using (end_x(0)):4:(0):($5 - $4) with vectors nohead linewidth 1 linecolor rgb GROUND, \
     @TEXTS
