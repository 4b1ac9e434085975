# style.gp: what all charts share. A chart script copies its arguments first (`load` clears them), then loads this file,
# then plots. Needs OUT, WIDTH and HEIGHT.
#
# The whole picture is one plot area measured in pixels from the upper left corner. Every position comes from the caller,
# who also breaks lines and formats figures; all text stands in the data file and none of it is ever part of a script.
# A row of the data file says in its first column what it is; each plot clause takes its own kind:
#   text   x  y  font 1-4  side 0-2  colour  "words"
#   box    left  right  upper  lower  colour      (below everything)
#   mask   left  right  upper  lower  colour      (above lines, below text: keeps text readable where lines cross it)
if (GPVAL_VERSION < 5.4) { print 'ari: gnuplot is too old: '.sprintf('%.1f', GPVAL_VERSION); exit status 3 }

set encoding utf8
set decimalsign '.'
set datafile separator tab
set datafile commentschars ''

set terminal svg size WIDTH,HEIGHT noenhanced background '#ffffff' font 'Noto Sans,13' linewidth 1 rounded
set output OUT

set lmargin at screen 0; set rmargin at screen 1
set tmargin at screen 1; set bmargin at screen 0
set xrange [0:WIDTH]; set yrange [HEIGHT:0]
set border 0; unset tics; unset key
set style fill solid 1 noborder

GRID = '#d5dae0'; BLUE = '#0072b2'; GREEN = '#00805e'; ORANGE = '#c04a00'

# The fonts by number: title, bold, plain, small. Keep in step with `enum ari_font` of src/chart/chart.h.
array FONTS[4] = ['Noto Sans:Bold,18', 'Noto Sans:Bold,13', 'Noto Sans,13', 'Noto Sans,11']

is(kind) = strcol(1) eq kind
# The x of a text of this font and side, undefined for every other row.
text_x(font, side) = is('text') && $4 == font && $5 == side ? $2 : NaN
# The middle of a box or mask, undefined for every other row.
box_x(kind) = is(kind) ? ($2 + $3) / 2. : NaN
