#!/usr/bin/perl
# ari chart: every kind in every format, size and theme; the figures of heat and distribution are those of `ari score` and `ari rank`, worked out again here; hostile
# names stay text; what cannot be drawn leaves no half file and says so. All figures and names are invented for this test.
use strict;
use warnings;
use Math::BigRat;
use FindBin qw($Bin);
use lib $Bin;
use Harness qw($out $ari $tmp ok is done slurp put program start finish);

my $here = "$tmp/work";
mkdir $here;

# Two groups; a5 ties with a4; a7 submits nothing; b1's name tries to be more than text.
put("$here/criteria.yaml", <<'END');
ari: criteria/1
id: trial
title: {vi: Bộ chỉ số giả định, en: Invented index}
period: year
missing: exclude
rounding: {leaf: 2}
groups: {a: {vi: "Sở, ngành", en: Departments}, b: {vi: Xã, en: Communes}}
criteria:
  - id: "1"
    title: {vi: Thể chế, en: Institutions}
    criteria:
      - {id: "1.1", title: {vi: Kế hoạch, en: The plan}, max: 5, inputs: {p: number}, score: {points: p}}
      - {id: "1.2", title: {vi: Kiểm tra, en: Inspection}, max: 3, inputs: {p: number}, score: {points: p}}
  - {id: "2", title: {vi: Thủ tục, en: Procedures}, max: 7, inputs: {p: number}, score: {points: p}}
  - {id: "3", title: {vi: "Bộ máy `x` \"y\" \\n", en: "Offices `x` \"y\" \\n"}, max: 4, min: -2, inputs: {p: number}, score: {points: p}}
END
put("$here/agencies.csv", join "\n", 'id,name,group', 'a1,Sở Một,a', 'a2,Sở Hai,a', 'a3,Sở Ba,a', 'a4,Sở Bốn,a', 'a5,Sở Năm,a', 'a6,Sở Sáu,a', 'a7,Sở Bảy,a',
    'b1,"`touch x` $(x) @M |cat <b>& "" \\101 #1",b', 'b2,Xã Đường Lễ Nghĩa,b', 'b3,Xã Ỷ La,b', '');
put("$here/evidence.csv", join "\n", 'agency,1.1.p,1.2.p,2.p,3.p,1.1.claimed,2.claimed', 'a1,4.21,2,6.05,3.5,5,7', 'a2,3.3,1,7,4,3,6', 'a3,5,3,6.99,-1.25,5,7', 'a4,1,1,2,1,1,1', 'a5,2,1,1,1,2,2',
    'a6,0,,3.33,0,1,3', 'b1,4,2,5,2,4,5', 'b2,2.5,2.5,2.5,2.5,2,2', 'b3,1.11,2.22,3.33,3.99,1,3', '');

sub ari { return finish(start($here, {}, $ari, '--lang', 'en', @_)) }
sub chart { return ari('chart', '.', 'evidence.csv', '--period', '2026', @_) }
sub texts { my ($svg) = @_; return map { s/&lt;/</gr =~ s/&gt;/>/gr =~ s/&amp;/&/gr } $svg =~ m{<text[^>]*>([^<]*)</text>}g }
# The size that a picture says it has, in pixels.
sub size_of {
  my ($path) = @_;
  my $bytes = slurp($path);
  return join 'x', unpack 'NN', substr $bytes, 16, 8 if $path =~ /png$/;
  return $bytes =~ m{^ width="(\d+)" height="(\d+)"$}m ? "$1x$2" : '?' if $path =~ /svg$/;
  return $bytes =~ m{/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]} ? sprintf('%.0fx%.0f', $1 / 0.75, $2 / 0.75) : '?';
}

# A PDF is measured in whole points, of which a pixel is 3/4.
sub is_near { my ($x, $y) = map { [split /x/] } @_; return abs($x->[0] - $y->[0]) <= 1 && abs($x->[1] - $y->[1]) <= 1 }

# ---- every kind, format, size and theme ----
my @kinds = ([ranking => ()], [radar => '--agency', 'a1'], [heat => ()], [distribution => ()], [waterfall => '--agency', 'a1'], [dumbbell => ()]);
my %plain;
for my $kind (@kinds) {
  my ($name, @more) = @$kind;
  my @sizes;
  for my $format (qw(svg png pdf)) {
    my ($status, $said, $err) = chart($name, @more, '-o', "$name.$format");
    ok($status == 0 && $said eq "Chart: $name.$format\n" && $err eq '', "$name as $format", $err);
    push @sizes, size_of("$here/$name.$format");
  }
  ok($sizes[0] =~ /^\d+x\d+$/ && $sizes[0] eq $sizes[1] && is_near($sizes[2], $sizes[0]), 'is as large in every format', @sizes);
  $plain{$name} = $sizes[0];
}
for my $format (qw(svg png pdf)) {
  my ($wide, $high) = split /x/, $plain{heat};
  for my $size (['small', int(($wide * 70 + 99) / 100) . 'x' . int(($high * 70 + 99) / 100)], ['large', 2 * $wide . 'x' . 2 * $high], ['1600x900', '1600x900'], ['300x1200', '300x1200']) {
    my ($status, $said, $err) = chart('heat', '--size', $size->[0], '--theme', 'screen', '-o', "sized.$format");
    ok($status == 0, "$size->[0] as $format", $err);
    ok($format eq 'pdf' ? is_near(size_of("$here/sized.pdf"), $size->[1]) : size_of("$here/sized.$format") eq $size->[1], 'has that size', size_of("$here/sized.$format"));
  }
}
my $screen = slurp("$here/sized.svg");
ok($screen =~ /fill="#161b22"/ && slurp("$here/heat.svg") =~ /fill="#ffffff"/ && $screen =~ /viewBox="0 0 (\d+) (\d+)"/ && abs($1 * 4 - $2) <= 4, 'a dark ground; the page has the shape that was asked for');
is(join('|', sort(texts($screen))), join('|', sort(texts(slurp("$here/heat.svg")))), 'and says the same');
for my $format (qw(svg png pdf)) {
  chart('ranking', '-j', 8, '-o', "again.$format");
  ok(slurp("$here/again.$format") eq slurp("$here/ranking.$format"), "the same results give the same bytes as $format");
}
ok(slurp("$here/ranking.pdf") =~ m{/CreationDate \(D:20260901000000Z\)}, 'a PDF says when the work was done, not when it was drawn');

# ---- the figures ----
# Half up is away from zero.
sub rounded {
  my ($v, $decimals) = @_;
  my $whole = ($v->copy->babs * 10 ** $decimals + Math::BigRat->new('1/2'))->bfloor / Math::BigRat->new(10 ** $decimals);
  return $v < 0 ? -$whole : $whole;
}
sub figure { my ($v, $decimals) = @_; return sprintf('%s', $v->numerator < 0 ? "\xe2\x88\x92" . abs($v)->as_float(20)->bfround(-$decimals) : $v->as_float(20)->bfround(-$decimals)) }
sub rows { my ($text) = @_; my ($head, @lines) = split /\n/, $text; my @names = split /,/, $head; return map { my %r; @r{@names} = split /,/, $_, -1; \%r } @lines }

my %score;
$score{$_->{agency}}{$_->{criterion}} = $_ for rows((ari('score', '.', 'evidence.csv', '--period', '2026', '--format', 'csv'))[1]);
my @rank = rows((ari('rank', '.', 'evidence.csv', '--period', '2026', '--format', 'csv'))[1]);
my @names = map { s/^"|"$//gr =~ s/""/\xe2\x80\xb3/gr } map { /^\w\d,(.*),\w$/ ? $1 : () } split /\n/, slurp("$here/agencies.csv");
# Row by row, each from left to right: texts of one row stand at about the same height.
sub by_place {
  my ($svg) = @_;
  my @at;
  push @at, [int($2 / 4), $1, $3] while $svg =~ m{<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>}g;
  return map { $_->[2] =~ s/&lt;/</gr =~ s/&amp;/&/gr } sort { $a->[0] <=> $b->[0] || $a->[1] <=> $b->[1] } @at;
}
my @heat = (by_place(slurp("$here/heat.svg")), slurp("$here/heat.svg") =~ m{<text transform[^>]*>([^<]*)</text>}g);
my $all = join ' ', texts(slurp("$here/heat.svg"));   # names are wrapped, never cut
for my $r (@rank) {
  next if $r->{state} eq 'absent';
  my @cells = (figure(rounded(Math::BigRat->new($r->{index}), 2), 2));
  for my $leaf ('1.1', '1.2', '2', '3') {
    my $s = $score{$r->{agency}}{$leaf};
    push @cells, $s->{max} > 0 && $s->{points} ne '' ? figure(rounded(Math::BigRat->new($s->{points}) * 100 / Math::BigRat->new($s->{max}), 1), 1) : "\xc2\xb7";
  }
  $r->{cells} = \@cells;
}
my @bold = map { $_->{cells}[0] } grep { $_->{cells} } @rank;
my @small = map { @{$_->{cells}}[1 .. 4] } grep { $_->{cells} } @rank;
my @shown_bold = grep { /^\d+\.\d\d$/ } @heat;
my @shown_small = grep { /^(?:\xe2\x88\x92?\d+\.\d|\d+\.\d|\xc2\xb7)$/ } @heat;
is("@shown_bold", "@bold", 'heat: the index of each agency in the order of the ranking');
is("@shown_small", "@small", 'and what `ari score` gives of each maximum: points / max, rounded to one place');
is(scalar(grep({ $_ eq 'no evidence submitted' } @heat)), 1, 'an agency without evidence says why it has no cells');
is(scalar(grep { index($all, $_) >= 0 } @names), 10, 'every name is there whole, also one that tries to be more');
ok($all =~ /Offices `x` \xe2\x80\xb3y\xe2\x80\xb3 \\n/ && !-e "$here/x", 'and the title of a criterion');

# Quartiles as QUARTILE.INC: at the place (n - 1) k / 4 of the ascending figures, in between in proportion.
sub quartile { my ($k, @v) = @_; my $at = $#v * $k; my ($i, $rest) = (int($at / 4), $at % 4); my $q = $v[$i]; $q += ($v[$i + 1] - $v[$i]) * Math::BigRat->new("$rest/4") if $rest; return rounded($q, 2) }
my $spread = join "\n", texts(slurp("$here/distribution.svg"));
for my $group ('a', 'b') {
  my @v = sort { $a <=> $b } map { Math::BigRat->new($_->{index}) } grep { $_->{group} eq $group && $_->{index} ne '' } @rank;
  ok($spread =~ /^median \Q@{[figure(quartile(2, @v), 2)]}\E%$/m, "distribution: the median of group $group", $spread);
  my $half = join " \xe2\x80\x93 ", map { figure(quartile($_, @v), 2) } 1, 3;
  ok($spread =~ /^quartiles \Q$half\E%$/m, 'its quartiles', $spread);
  ok($spread =~ /^lowest \Q@{[figure($v[0], 2)]}\E% /m && $spread =~ /^highest \Q@{[figure($v[-1], 2)]}\E% /m, 'lowest and highest');
}
ok($spread =~ /^7 agencies, 1 without points$/m && $spread =~ /^3 agencies$/m, 'and how many');
ok($spread =~ /^lowest [\d.]+% S\xe1\xbb\x9f /m, 'by name');

# ---- in the dark ----
# What changes between the themes of a picture is what report.css changes; the same places in the drawing have the same colours, element by element.
my $css = slurp("$Bin/../src/report/report.css");
my %dark;
for my $kind (@kinds) {
  my ($name, @more) = @$kind;
  my @print = slurp("$here/$name.svg") =~ /(?:fill|stroke)="(#\w+)"/g;
  chart($name, @more, '--theme', 'screen', '-o', "dark.svg");
  my @screen = slurp("$here/dark.svg") =~ /(?:fill|stroke)="(#\w+)"/g;
  ok(@print == @screen, "$name: both themes draw the same", scalar(@print), scalar(@screen));
  $dark{$print[$_]}{$screen[$_]} = 1 for 0 .. $#print;
}
my @unlike = grep { my @to = keys %{$dark{$_}}; @to != 1 || ($to[0] ne $_) != ($css =~ /\[fill="$_"\] \{ fill: $to[0] \} \[stroke="$_"\] \{ stroke: $to[0] \}/) } sort keys %dark;
ok(keys %dark > 12 && !@unlike, 'report.css knows the colours of the screen, and no other colour changes', map { "$_ -> " . join ' ', keys %{$dark{$_}} } @unlike);

# ---- one picture, parts of it, all of them ----
my $ranking = join "\n", texts(slurp("$here/ranking.svg"));
ok($ranking =~ /^Departments$/m && $ranking =~ /^Communes$/m, 'groups stand apart, each under its name');
chart('ranking', '--group', 'b', '-o', 'part.svg');
my $part = join "\n", texts(slurp("$here/part.svg"));
ok($part !~ /S\xe1\xbb\x9f / && $part =~ /^Communes \xc2\xb7 2026 \xc2\xb7 3 agencies/m, '--group shows it alone');
my ($status, $said, $err) = chart('all', '-o', 'everything');
my @files = map { s{.*/}{}r } sort glob "$here/everything/*";
ok($status == 0 && $err eq '', 'all of them', $err);
ok(@files == 9 * 2 + 2 * 3 + 1 && grep({ $_ eq 'heat-a.svg' } @files) && grep({ $_ eq 'distribution.svg' } @files), 'radar and waterfall of each of nine, three of each group, one of all', @files);
chart('all', '--agency', 'b2', '--group', 'b', '-o', 'some');
is(join(' ', map { s{.*/}{}r } sort glob "$here/some/*"), 'distribution.svg dumbbell-b.svg heat-b.svg radar-b2.svg ranking-b.svg waterfall-b2.svg', '--agency and --group narrow them');

# ---- what cannot be drawn ----
my $many = "$here/many";
mkdir $many;
put("$many/criteria.yaml", "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2}\ncriteria:\n  - {id: a, max: 5, inputs: {p: number}, score: {points: p}}\n");
put("$many/agencies.csv", join '', "id,name,group\n", map { "x$_,X $_,g\n" } 1 .. 251);
put("$many/evidence.csv", join '', "agency,a.p\n", map { "x$_,1\n" } 1 .. 251);
($status, $said, $err) = ari('chart', 'many', 'many/evidence.csv', '--period', '2026', 'ranking', '-o', 'many.svg');
ok($status == 2 && $err =~ /^error\[E0838\]: 251 agencies are too many for one picture, which holds 250$/m && !-e "$here/many.svg", 'too many for one picture', $err);
($status, $said, $err) = finish(start($here, {}, $ari, '--lang', 'vi', 'chart', 'many', 'many/evidence.csv', '--period', '2026', 'ranking', '-o', 'many.svg'));
ok($err =~ /^\Qlỗi[E0838]: 251 cơ quan là quá nhiều cho một hình, mỗi hình chỉ vẽ được 250 cơ quan\E$/m, 'in Vietnamese too', $err);
# 251 of the same index in lanes of 3 pixels on 150: 50 lanes, so a dot stands for 6 agencies (251 / 50 = 5.02), and 42 dots are drawn (251 / 6 = 41.8).
ari('chart', 'many', 'many/evidence.csv', '--period', '2026', 'distribution', '-o', 'crowd.svg');
my ($dots) = slurp("$here/crowd.svg") =~ /<path stroke="#c04a00" stroke-width="2"[^>]* d="([^"]*)"/;
ok(@{[($dots // '') =~ /M/g]} == 42 && slurp("$here/crowd.svg") =~ />dot: 6 agencies; /, 'a dot stands for several agencies where there is no room for each');
($status) = ari('chart', 'many', 'many/evidence.csv', '--period', '2026', 'all', '-o', 'pages');
ok($status == 0 && -e "$here/pages/ranking-g.svg" && -e "$here/pages/ranking-g~2.svg", 'pages are drawn instead');

mkdir "$here/bin";
put("$here/bin/fc-list", "#!/bin/sh\nexit 1\n");
put("$here/bin/gnuplot", "#!/bin/sh\necho x >> '$here/started'\nexit 9\n");
chmod 0755, "$here/bin/fc-list", "$here/bin/gnuplot";
sub without_fonts { return finish(start($here, {PATH => "$here/bin"}, $ari, '--lang', 'en', 'chart', '.', 'evidence.csv', '--period', '2026', 'heat', '-o', $_[0])) }
for my $format (qw(png pdf)) {
  ($status, $said, $err) = without_fonts("fontless.$format");
  ok($status == 3 && $err =~ /F0797/ && $err =~ /fonts-noto-core/ && !-e "$here/fontless.$format" && !-e "$here/started", "no font: $format is refused before anything is drawn", $err);
}
put("$here/kept.svg", 'what was there');
($status, $said, $err) = without_fonts('kept.svg');
ok($status == 3 && $err =~ /F0799/ && $err =~ /W0704/ && slurp("$here/kept.svg") eq 'what was there' && -e "$here/started", 'an SVG needs none; gnuplot that fails leaves the file as it was', $err);
my %lie = ('png' => "\x89PNG\r\n\x1a\n", 'pdf' => "%PDF-1.5\n");
for my $format (sort keys %lie) {
  put("$here/half", $lie{$format});
  put("$here/liar", "#!/bin/sh\n/bin/cat '$here/half' > \"\$5\"\n");
  chmod 0755, "$here/liar";
  ($status, $said, $err) = finish(start($here, {ARI_GNUPLOT => "$here/liar"}, $ari, 'chart', '.', 'evidence.csv', '--period', '2026', 'heat', '-o', "lie.$format"));
  ok($status == 3 && $err =~ /W0705/ && !-e "$here/lie.$format", "half a $format is no picture", $err);
}
put("$here/bin/gnuplot", "#!/bin/sh\nexit 9\n");
mkdir "$here/empty";
for my $folder (qw(nothing empty)) {
  ($status, $said, $err) = finish(start($here, {ARI_GNUPLOT => "$here/bin/gnuplot"}, $ari, 'chart', '.', 'evidence.csv', '--period', '2026', 'all', '-o', $folder));
  ok($status == 3 && (-d "$here/$folder" ? 'empty' : 'nothing') eq $folder, "where no chart could be drawn the folder '$folder' is as it was", $err);
}
is(join(' ', grep { -d } glob "$tmp/ari-*"), '', 'no working folder is left');

# ---- a terminal is told how far it is; anything else is not ----

my ($terminal) = finish(start($here, {}, program('script'), '-qefc', "'$ari' --version", "$tmp/screen"));
if ($terminal eq 0) {
  my ($shown) = finish(start($here, {}, program('script'), '-qefc', "'$ari' chart --lang en . evidence.csv --period 2026 all -o progress", "$tmp/screen"));
  my @steps = slurp("$tmp/screen") =~ /\rDrawing charts (\d+\/\d+)/g;
  my $n = () = glob "$here/progress/*.svg";
  ok($shown eq 0 && $n > 3 && @steps && $steps[-1] eq "$n/$n" && slurp("$tmp/screen") =~ /\Q$n\/$n\E\s*\r?\n/, 'a terminal sees how many charts are drawn', "$n charts", @steps);
  my @done = map { s/\/.*//r } @steps;
  ok(!(grep { $done[$_ - 1] > $done[$_] } 1 .. $#done), '... and never fewer than before', @done);
} else {
  print "# no terminal can be made here\n";
}
(undef, undef, $err) = chart('all', '-o', 'quiet');
ok($err !~ /Drawing charts/, 'a file does not', $err);

# From the ninth field on the colours come again, with a dark edge below: #1b1f25 on areas is nothing else. Two agencies, so two edges and the legend's.
sub edges {
  my ($n) = @_;
  mkdir my $folder = "$tmp/fields$n";
  put("$folder/agencies.csv", "id,name,group\na,A,g\nb,B,g\n");
  put("$folder/criteria.yaml", "ari: criteria/1\nid: t\ntitle: {vi: T, en: T}\nperiod: year\nrounding: {leaf: 2}\ncriteria:\n" . join('', map { "  - id: f$_\n    title: {vi: F$_, en: F$_}\n    criteria:\n" .
    join('', map { "      - {id: $_, title: {vi: $_, en: $_}, max: 5, score: {points: p}, inputs: {p: number}}\n" } "f$_.1", "f$_.2") } 1 .. $n));
  put("$folder/evidence.csv", join(',', 'agency', map { ("f$_.1.p", "f$_.2.p") } 1 .. $n) . "\n" . join('', map { join(',', $_, (2) x (2 * $n)) . "\n" } qw(a b)));
  my ($status, $said, $err) = finish(start($folder, {}, $ari, 'chart', '.', 'evidence.csv', '--period', '2026', 'ranking', '-o', 'ranking.svg'));
  ok($status == 0, "a ranking of $n fields", $err);
  return join(' ', map { my $places = $_; scalar(() = $places =~ /M/g) } slurp("$folder/ranking.svg") =~ m{<path fill="#1b1f25"[^>]* d="([^"]*)"}g);
}
is(edges(8), '', 'eight fields have eight colours');
is(edges(9), '1 1 1', 'the ninth has an edge, in the legend and in both bars');

done();
