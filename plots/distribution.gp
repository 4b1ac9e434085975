# distribution.gp: a strip for each group, a dot for each of its agencies.
#
#   gnuplot -d -c distribution.gp DATA OUT PAGE LEFT RIGHT LOW HIGH DOT
#
# LOW and HIGH are indexes, LEFT and RIGHT the pixels where they stand; a dot takes DOT pixels. Besides the rows of style.gp the data file has
#   range  least  most  y                     (the line behind the box)
#   half   quartile  quartile  upper  lower   (the box)
#   median index  upper  lower
#   dot    index  y
DATA = ARG1; OUT = ARG2; PAGE = ARG3
LEFT = real(ARG4); RIGHT = real(ARG5); LOW = real(ARG6); HIGH = real(ARG7); DOT = real(ARG8)
load 'style.gp'

x(index) = LEFT + (index - LOW) * (RIGHT - LEFT) / (HIGH - LOW)
at(kind) = is(kind) ? x($2) : NaN

# Dots lie above the box and its median, which is longer than the box is high: neither hides the other.
plot @BOXES, \
     DATA using (at('range')):4:(x($3) - x($2)):(0) with vectors nohead linewidth 2 linecolor rgb BLUE, \
     DATA using (at('half') + (x($3) - x($2)) / 2.):(($4 + $5) / 2.):(x($2)):(x($3)):4:5 with boxxyerror fill solid 1 border rgb BLUE linewidth 1 linecolor rgb PALE, \
     DATA using (at('median')):3:(0):($4 - $3) with vectors nohead linewidth 3 linecolor rgb BLUE, \
     DATA using (at('dot')):3:(0.1):(0) with vectors nohead linewidth DOT + 1 linecolor rgb GROUND, \
     DATA using (at('dot')):3:(0.1):(0) with vectors nohead linewidth DOT - 1 linecolor rgb ORANGE, \
     @MASKS, \
     @TEXTS
