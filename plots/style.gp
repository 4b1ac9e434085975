# style.gp: what all charts share. A chart script copies its arguments first (`load` clears them), then loads this file,
# then plots. Needs OUT and PAGE, which is one argument with these words:
#   FORMAT svg|png|pdf  THEME print|screen  WIDTH HEIGHT  LEFT UPPER  PIXELS-WIDE PIXELS-HIGH
#
# The whole picture is one plot area measured from the upper left corner in the pixels of the layout; LEFT and UPPER are how
# much room the page leaves beside it when it has another shape. Every position comes from the caller, who also breaks
# lines and formats figures; all text stands in the data file and none of it is ever part of a script.
# A row of the data file says in its first column what it is; each plot clause takes its own kind:
#   text   x  y  font 1-4  side 0-2  colour  "words"
#   turned x  y  font 1-4  side 0-2  colour  "words"   (the same, read from below to above)
#   box    left  right  upper  lower  colour      (below everything)
#   mask   left  right  upper  lower  colour      (above lines, below text: keeps text readable where lines cross it)
# A script plots @BOXES first, @MASKS above its lines, and @TEXTS last. No `with points`: in SVG they need ids. A dot is a
# short thick line with round ends, as in radar.gp.
if (GPVAL_VERSION < 5.4) { print 'ari: gnuplot is too old: '.sprintf('%.1f', GPVAL_VERSION); exit status 3 }

set encoding utf8
set decimalsign '.'
set datafile separator tab
set datafile commentschars ''

SCREEN = word(PAGE, 2) eq 'screen'
WIDTH = real(word(PAGE, 3)); HEIGHT = real(word(PAGE, 4))
PIXELS_WIDE = real(word(PAGE, 7)); PIXELS_HIGH = real(word(PAGE, 8))
SCALE = PIXELS_WIDE / WIDTH

# Colours that depend on the theme. Keep in step with ari_sheet_colour of src/chart/sheet.c.
GROUND = SCREEN ? '#161b22' : '#ffffff'; GRID = SCREEN ? '#3a4552' : '#d5dae0'
BLUE = SCREEN ? '#6cb6ff' : '#0072b2'
PALE = SCREEN ? '#24415f' : '#d3e5f2'
GREEN = SCREEN ? '#4fd0a5' : '#00805e'; ORANGE = SCREEN ? '#ff9a5c' : '#c04a00'

# An SVG is drawn in the units of the layout, for it can be scaled afterwards. Cairo measures letters in points of 1/72 inch where a
# pixel is 1/96; a PDF is measured in such points altogether, and its lines in half points.
if (word(PAGE, 1) eq 'svg') { set terminal svg size WIDTH,HEIGHT noenhanced background GROUND font 'Noto Sans,13' linewidth 1 rounded }
if (word(PAGE, 1) eq 'png') { set terminal pngcairo size PIXELS_WIDE,PIXELS_HIGH noenhanced background GROUND font 'Noto Sans,13' fontscale 0.75*SCALE linewidth SCALE dashlength SCALE rounded }
if (word(PAGE, 1) eq 'pdf') { set terminal pdfcairo size PIXELS_WIDE/96.0 in,PIXELS_HIGH/96.0 in noenhanced background GROUND font 'Noto Sans,13' fontscale 0.5625*SCALE linewidth 1.5*SCALE dashlength 1.8*SCALE rounded }
set output OUT

set lmargin at screen 0; set rmargin at screen 1
set tmargin at screen 1; set bmargin at screen 0
set xrange [-real(word(PAGE, 5)):WIDTH - real(word(PAGE, 5))]; set yrange [HEIGHT - real(word(PAGE, 6)):-real(word(PAGE, 6))]
set border 0; unset tics; unset key
set style fill solid 1 noborder

# The fonts by number: title, bold, plain, small. Keep in step with `enum ari_font` of src/chart/chart.h.
array FONTS[4] = ['Noto Sans:Bold,18', 'Noto Sans:Bold,13', 'Noto Sans,13', 'Noto Sans,11']

is(kind) = strcol(1) eq kind
# The x of a text of this font and side, undefined for every other row.
text_x(font, side) = is('text') && $4 == font && $5 == side ? $2 : NaN
turned_x(font, side) = is('turned') && $4 == font && $5 == side ? $2 : NaN
# The middle of a box or mask, undefined for every other row.
box_x(kind) = is(kind) ? ($2 + $3) / 2. : NaN

BOXES = "DATA using (box_x('box')):(($4 + $5) / 2.):2:3:4:5:6 with boxxyerror linecolor rgb variable"
MASKS = "DATA using (box_x('mask')):(($4 + $5) / 2.):2:3:4:5:6 with boxxyerror linecolor rgb variable"
TEXTS = "for [f=1:4] DATA using (text_x(f, 0)):3:7:6 with labels left font FONTS[f] textcolor rgb variable, ".\
        "for [f=1:4] DATA using (text_x(f, 1)):3:7:6 with labels right font FONTS[f] textcolor rgb variable, ".\
        "for [f=1:4] DATA using (text_x(f, 2)):3:7:6 with labels center font FONTS[f] textcolor rgb variable"
TURNED = "for [f=1:4] DATA using (turned_x(f, 0)):3:7:6 with labels left rotate by 90 font FONTS[f] textcolor rgb variable"
