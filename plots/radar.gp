# radar.gp: one agency against the median and the best of its group, an axis for each field.
#
#   gnuplot -d -c radar.gp DATA OUT PAGE X Y RADIUS AXES
#
# X and Y are the pixels of the centre; the first axis points up and the others follow clockwise. Besides the rows of
# style.gp the data file has
#   axis    n  agency  median  best       (parts of the field's maximum; NaN where there is nothing; the first axis comes
#                                          again at the end and closes the lines)
#   area    n  agency                     (the same for the filled shape; only when no axis is without a figure)
#   sample  1-3  left  right  y           (the legend's lines: agency, median, best)
DATA = ARG1; OUT = ARG2; PAGE = ARG3
X = real(ARG4); Y = real(ARG5); RADIUS = real(ARG6); AXES = int(ARG7)
load 'style.gp'

angle(n) = 2 * pi * n / AXES
# A part below 0 stands in the centre and one far above 1 just outside the last ring: the figure itself is written beside the axis.
within(part) = part < 0 ? 0 : part > 1.06 ? 1.06 : part
px(n, part) = X + RADIUS * part * sin(angle(n))
py(n, part) = Y - RADIUS * part * cos(angle(n))
axis_x(c) = is('axis') ? px($2, within(column(c))) : NaN
axis_y(c) = py($2, within(column(c)))
area_x(c) = is('area') ? px($2, within(column(c))) : NaN
sample_x(k) = is('sample') && $2 == k ? $3 : NaN

# The agency's line lies below the two thinner ones, which would vanish under it where they meet. What looks alike is drawn together.
set samples AXES + 1
plot for [ring=1:5] [n=0:AXES] '+' using (px(n, ring / 5.)):(py(n, ring / 5.)) with lines linewidth 1 linecolor rgb GRID, \
     [n=0:AXES] '+' using (X):(Y):(px(n, 1) - X):(py(n, 1) - Y) with vectors nohead linewidth 1 linecolor rgb GRID, \
     DATA using (area_x(3)):(axis_y(3)) with filledcurves closed fill transparent solid 0.12 linecolor rgb ORANGE, \
     DATA using (axis_x(3)):(axis_y(3)) with lines linewidth 3 linecolor rgb ORANGE, \
     DATA using (sample_x(1)):5:($4 - $3):(0) with vectors nohead linewidth 3 linecolor rgb ORANGE, \
     DATA using (axis_x(4)):(axis_y(4)) with lines linewidth 2 linecolor rgb BLUE, \
     DATA using (sample_x(2)):5:($4 - $3):(0) with vectors nohead linewidth 2 linecolor rgb BLUE, \
     DATA using (axis_x(5)):(axis_y(5)) with lines linewidth 2 dashtype (8,5) linecolor rgb GREEN, \
     DATA using (sample_x(3)):5:($4 - $3):(0) with vectors nohead linewidth 2 dashtype (8,5) linecolor rgb GREEN, \
     DATA using (axis_x(3)):(axis_y(3)):(0.1):(0) with vectors nohead linewidth 8 linecolor rgb ORANGE, \
     DATA using (sample_x(1) + ($4 - $3) / 2.):5:(0.1):(0) with vectors nohead linewidth 8 linecolor rgb ORANGE, \
     @MASKS, \
     @TEXTS
