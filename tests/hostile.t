#!/usr/bin/perl
# Names, titles, notes and file names that try to be something else than text: in charts, HTML, CSV, JSON and on a terminal they come out as the text they are, no row is lost,
# and nothing is executed. What may not stand in a name at all is refused with its place.
use strict;
use utf8;
use warnings;
use Cwd qw(abs_path);
use Encode qw(decode encode FB_CROAK);
use File::Basename qw(dirname);
use File::Find qw(find);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Unicode::Normalize qw(NFC NFD);
use lib dirname(abs_path($0));
use Readers qw(slurp tokens text_of csv_rows);

my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my $ari = "$out/ari";
print "Bail out! $ari is missing\n" and exit 1 unless -x $ari;
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;
binmode STDOUT, ':utf8';

sub ok($$;@) { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); print map { "# $_\n" } $good ? () : splice(@why, 0, 10); return $good }
sub spew { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die }

# Runs the program in `folder`; gives (status or "signal N", stdout, stderr), both as characters when they are UTF-8.
sub run {
  my ($folder, @words) = @_;
  my $pid = fork // die;
  if ($pid == 0) {
    chdir $folder or exit 126;
    open(STDIN, '<', '/dev/null');
    open(STDOUT, '>', "$tmp/out") or exit 126;
    open(STDERR, '>', "$tmp/err") or exit 126;
    %ENV = (PATH => $ENV{PATH}, TMPDIR => $tmp, HOME => $tmp, SOURCE_DATE_EPOCH => 1788220800);
    alarm 60;
    exec { $ari } $ari, @words or exit 127;
  }
  waitpid $pid, 0;
  my @said = map { my $bytes = slurp("$tmp/$_"); eval { decode('UTF-8', $bytes, FB_CROAK) } // "not UTF-8: $bytes" } 'out', 'err';
  return ($? & 127 ? 'signal ' . ($? & 127) : $? >> 8, @said);
}

# What a reader shows of a text: control, bidi and other hidden characters by their number.
my $hidden = qr/[\x{00}-\x{1F}\x{7F}-\x{9F}\x{61C}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFB}\x{E0000}-\x{E007F}]/;
sub visible { my ($text) = @_; return $text =~ s/($hidden)/sprintf '\u{%02X}', ord $1/ger }
sub yaml { my ($text) = @_; return encode('UTF-8', '"' . $text =~ s/(["\\])/\\$1/gr =~ s/\n/\\n/gr . '"') }
sub csv { my ($text) = @_; return encode('UTF-8', '"' . $text =~ s/"/""/gr . '"') }

my @names = (
  q{"Sở" 'một' ''' """ `id`}, '`touch pwned` $(touch pwned) ${PATH} @x |touch pwned', '<script>alert(1)</script><img src=x onerror=alert(1)> &amp; &#60; ]]> -->',
  '"><a href="http://evil.example/">x</a> \'><b onclick=\'x', '# %s%n%d %1 %2 %% {a} {/Symbol b} ^{c} _{d} ~e{f} @g', 'a\nb \\ \\\\ \t \x07 \u{41} \"; system("touch pwned") #', 'EOF',
  'EOD $DATA << EOD', q{=HYPERLINK("http://evil.example";"x")}, q{+1+1}, q{-2+3|cmd'/C calc'!A0}, q{@SUM(1;2)}, "a\x{202E}b\x{2066}c\x{200F}d", "a\x{200B}b\x{FEFF}c\x{200D}d\x{AD}e",
  'Xã ' . 'Rất Dài ' x 37 . 'x', 'x' x 300, NFD('Sở Nội vụ Đắk Lắk ường ẫ'), "\x{1F3DB}\x{FE0F} \x{1F468}\x{200D}\x{1F469} \x{2603}\x{0301}", '   a   b   ', "\x{FF1D}1+1 \x{65E5}\x{672C}",
  'null', '~', "\x{A0}a\x{A0}",
);

# Everything that people write, hostile or not; the same places either way.
sub write_set {
  my ($folder, $text) = @_;   # $text->(n): the n-th text
  make_path("$folder/e");
  my $y = sub { yaml($text->(@_)) };
  spew("$folder/criteria.yaml", "ari: criteria/1\nid: hostile\nversion: " . $y->(0) . "\ntitle: {vi: " . $y->(1) . ', en: ' . $y->(12) . "}\nbasis:\n  - {name: " . $y->(3)
    . ", date: 2026-01-01}\nperiod: year\nmax: 10\nrounding: {leaf: 2}\nmissing: zero\ngroups:\n  g1: {vi: " . $y->(12) . ', en: ' . $y->(5) . "}\n  g2: " . $y->(13)
    . "\ngrades:\n  - {id: good, title: " . $y->(7) . ", from: 50}\n  - {id: weak, title: " . $y->(8) . ", from: 0}\ncriteria:\n"
    . "  - id: a\n    title: " . $y->(9) . "\n    max: 4\n    inputs:\n      x: {type: count, title: " . $y->(10) . ', unit: ' . $y->(12)
    . "}\n      y: count\n    score: {share: x / y}\n    empty: exclude\n    not_applicable: exclude\n"
    . "  - id: b\n    title: " . $y->(13) . "\n    max: 3\n    inputs:\n      c: {type: choice, options: {p: " . $y->(14) . ', q: ' . $y->(16) . "}}\n"
    . "    score: {choice: c, points: {p: 3, q: 1}}\n"
    . "  - id: c\n    title: " . $y->(17) . "\n    max: 3\n    inputs: {n: count, t: text}\n    score: {count: n, each: 1, at_most: 3}\n");
  my ($list, $table) = ("ari: agencies/1\nagencies:\n", "id,name,name_en,group\n");
  for my $i (0 .. $#names) {
    my $group = $i % 4 ? 'g1' : 'g2';
    $list .= "  - id: n$i\n    name: " . $y->($i) . "\n    group: $group\n";
    $table .= "n$i," . csv($text->($i)) . ',' . csv($text->($i)) . ",$group\n";
    my $note = 'note: ' . $y->($i + 1);
    my $a = $i % 5 == 3 ? '{not_applicable: ' . $y->($i + 2) . "}" : '{x: ' . ($i % 9) . ", y: 9, $note, documents: [{number: " . $y->($i + 3) . ', title: ' . $y->($i + 4) . ', file: ' . $y->($i + 5) . '}]}';
    my $c = $i == 5 ? '{withheld: ' . $y->($i) . "}" : '{n: 1, t: ' . $y->($i + 6) . ", $note, claimed: 2}";
    spew("$folder/e/" . encode('UTF-8', $text->($i, 'file')) . '.yaml', "ari: evidence/1\nset: hostile\nagency: n$i\nperiod: 2026\nevidence:\n  a: $a\n  b: {c: " . ($i % 2 ? 'p' : 'q') . ", $note}\n  c: $c\n");
  }
  spew("$folder/agencies.yaml", $list);
  return $table;
}

# File names may hold anything but / and NUL, even line ends, terminal sequences and bytes that are no UTF-8.
sub file_name { my ($i) = @_; return sprintf('%02d ', $i) . substr(($names[$i % @names] =~ s{/}{÷}gr), 0, 60) . ("\n", "\e[31m", "\r", "\t", "\x{202E}")[$i % 5] }
my $hostile = "$tmp/\$(touch pwned) 'set' \"x\" <b>";
my $bland = "$tmp/bland";
my $table = write_set($hostile, sub { my ($n, $file) = @_; return $file ? file_name($n) : $names[$n % @names] });
write_set($bland, sub { my ($n, $file) = @_; return $file ? sprintf('%02d', $n) : sprintf('Text %02d', $n % @names) });
rename "$hostile/e/" . encode('UTF-8', file_name(7)) . '.yaml', "$hostile/e/07 \xFF\xC3.yaml" or die;

sub name_of { my ($i) = @_; return NFC($names[$i]) }
# As charts write it: a quotation mark that gnuplot does not end a text with.
sub charted { my ($text) = @_; return visible($text) =~ s/"/\x{2033}/gr }
sub squeezed { my ($text) = @_; return $text =~ s/[\s\x{A0}]+//gr }

# A line a token: elements with the names of their attributes, and their values where `values` says so; pictures apart.
sub shape {
  my ($values, @tokens) = @_;
  my ($svg, @page, %picture) = (0);
  for (grep { $_->[0] ne 'text' } @tokens) {
    my ($kind, $name, $attribute) = @$_;
    # Where links to sheets lead is left out: those by name follow the names.
    my @attributes = map { $values && $_ !~ /^aria-label$/ ? "$_=$attribute->{$_}" =~ s/^href=#a\K\d+$//r : $_ } sort keys %{$attribute // {}};
    $svg++ if $kind eq 'open' && $name eq 'svg';
    if ($svg) { $picture{"$name $_"} = 1 for '', sort keys %{$attribute // {}} }
    else { push @page, join ' ', $kind, $name, @attributes }
    $svg-- if $kind eq 'close' && $name eq 'svg';
  }
  return (join("\n", @page), \%picture);
}

for my $lang ('vi', 'en') {
  my ($status, $stdout, $stderr) = run($hostile, 'run', '--lang', $lang, '.', 'e', '-o', "results-$lang");
  ok($status eq '0', "$lang: the main job is done", "status $status", $stderr);
  ok("$stdout$stderr" !~ /(?!\n)$hidden/, "$lang: nothing of it would be obeyed by a terminal");
  my $results = "$hostile/results-$lang";
  my ($bland_status) = run($bland, 'run', '--lang', $lang, '.', 'e', '-o', "results-$lang");

  # JSON
  my $json = eval { decode_json(slurp("$results/results.json")) } // {};
  my %name = map { $_->{agency} => $_->{name} } @{$json->{ranking} // []};
  ok(@{$json->{ranking} // []} == @names && !(grep { $name{"n$_"} ne name_of($_) } 0 .. $#names), "$lang: JSON gives every name back", grep { $name{"n$_"} ne name_of($_) } 0 .. $#names);
  ok(@{$json->{scores} // []} == 4 * @names, "$lang: JSON has every score");
  ok($json->{set}{title}{vi} eq name_of(1) && $json->{set}{title}{en} eq name_of(12) && $json->{set}{version} eq name_of(0), "$lang: JSON gives titles back");
  ok(@{$json->{files}} == @names + 2 && (grep { $_->{name} eq 'e/' . NFC(file_name(3)) . '.yaml' || $_->{name} eq 'e/' . file_name(3) . '.yaml' } @{$json->{files}}), "$lang: and the names of files");

  # CSV
  my @ranking = csv_rows(slurp("$results/ranking.csv"));
  my @scores = csv_rows(slurp("$results/scores.csv"));
  ok(@ranking == @names + 1 && @scores == 4 * @names + 1 && !(grep { @$_ != 8 } @ranking) && !(grep { @$_ != 7 } @scores), "$lang: no row of the tables is lost",
     scalar(@ranking), scalar(@scores));
  ok(!(grep { /^[=+\-@]/ && !/^-?\d/ } map { @$_ } @ranking, @scores), "$lang: no cell is a formula");

  # HTML
  my $html = slurp("$results/report.html");
  my @page = eval { tokens($html) };
  ok(!$@, "$lang: the report can be read back", $@);
  my ($bland_shape, $bland_picture) = shape(1, eval { tokens(slurp("$bland/results-$lang/report.html")) });
  my ($shape, $picture) = shape(1, @page);
  ok($bland_status eq '0' && $shape eq $bland_shape, "$lang: no element and no attribute of the report comes from a text");
  my @strange = grep { !$bland_picture->{$_} } sort keys %$picture;
  ok(%$picture && !@strange, "$lang: nor in its pictures", @strange);
  my %heading;   # h3 of a sheet: name, blank, id
  for my $i (0 .. $#page) {
    my $t = $page[$i];
    next unless $t->[0] eq 'open' && $t->[1] eq 'h3';
    my $end = $i;
    $end++ until $page[$end][0] eq 'close' && $page[$end][1] eq 'h3';
    my $text = decode('UTF-8', text_of(@page[$i .. $end]));
    $heading{$2} = $1 if $text =~ /\A(.*) (n\d+)\z/s;
  }
  my @wrong = grep { ($heading{"n$_"} // '') ne visible(name_of($_)) } 0 .. $#names;
  ok(!@wrong, "$lang: the report's sheets carry every name as it is", map { $heading{"n$_"} // "none for $_" } @wrong);
  my $text = decode('UTF-8', text_of(@page));
  my @lost = grep { my $want = visible(name_of($_)); (() = $text =~ /\Q$want\E/g) < 3 } 0 .. $#names;
  ok(!@lost, "$lang: and its notes, reasons, documents and titles too", map { visible(name_of($_)) } @lost);
  ok($text !~ /(?![\n\t])$hidden/, "$lang: nothing hidden in the report", sprintf '%X', ord($text =~ /((?![\n\t])$hidden)/ ? $1 : '?'));

  # charts
  opendir(my $folder, "$results/charts");
  my @charts = map { "$results/charts/$_" } grep { /\.svg\z/ } $folder ? readdir $folder : ();
  my %bland_chart;   # what stands in pictures of bland names; a file says more of itself than what stands in the page
  for my $file (glob("'$bland/results-$lang/charts/*.svg'")) {
    my (undef, $elements) = shape(0, tokens(slurp($file)));
    %bland_chart = (%bland_chart, %$elements);
  }
  my (%chart, @broken);
  for my $file (@charts) {
    my @tokens = eval { tokens(slurp($file)) };
    push @broken, "$file: $@" if $@;
    my (undef, $elements) = shape(0, @tokens);
    push @broken, map { "$file: $_" } grep { !$bland_chart{$_} } sort keys %$elements;
    $chart{$file} = decode('UTF-8', text_of(@tokens));
  }
  my @pointless = grep { !defined $_->{points} } @{$json->{ranking} // []};   # withheld: nobody knows what it lost
  my @wanted = sort 'distribution', (map { my $kind = $_; map { "$kind-g$_" } 1, 2 } 'ranking', 'heat', 'dumbbell'), (map { "radar-n$_" } 0 .. $#names),
    grep { my $name = $_; !grep { $name eq "waterfall-$_->{agency}" } @pointless } map { "waterfall-n$_" } 0 .. $#names;
  my @drawn = sort map { m{([^/]*)\.svg\z} } @charts;
  ok("@drawn" eq "@wanted" && !@broken, "$lang: every chart of each group and each agency, all whole", "@drawn", "@wanted", @broken);
  my @missing = grep { my $want = squeezed(charted(name_of($_))); (grep { index(squeezed($_), $want) >= 0 } values %chart) < 2 } 0 .. $#names;
  ok(!@missing, "$lang: every name stands in the ranking and in a chart of its own", map { charted(name_of($_)) } @missing);
  ok(!(grep { /(?![\n\t])$hidden/ } values %chart), "$lang: nothing hidden in a chart");

  # terminal
  my ($from_files, $from_database, $as_json);
  (undef, $from_files, $stderr) = run($hostile, 'rank', '--lang', $lang, '.', 'e');
  (undef, $from_database, $stderr) = run($hostile, 'rank', '--lang', $lang, "results-$lang/ari.db");
  my @rows = grep { /^\s+=?\d+\s+n\d+\s/ || /^\s+\x{2013}\s+n\d+\s/ } split /\n/, $from_files;
  ok(@rows == @names, "$lang: a row on the terminal for each agency", scalar(@rows));
  my @unshown = grep { my ($i, $want) = ($_, visible(name_of($_))); !grep { /\bn$i +\Q$want\E\s/ } @rows } 0 .. $#names;
  ok(!@unshown && $from_files !~ /(?!\n)$hidden/, "$lang: with its name as it is", map { visible(name_of($_)) } @unshown);
  ok($from_database eq $from_files, "$lang: the database gives the same names back", $stderr);
  my @told;
  for my $i (2, 3, 5, 12) {
    my ($s, $o, $e) = run($hostile, 'explain', '--lang', $lang, '.', 'e', '--agency', "n$i");
    my (undef, $j) = run($hostile, 'explain', '--lang', $lang, '.', 'e', '--agency', "n$i", '--format', 'json');
    push @told, "n$i: status $s $e" if $s ne '0' || $o =~ /(?!\n)$hidden/ || index($o, visible(name_of($i))) < 0 || !eval { decode_json(encode('UTF-8', $j)) };
  }
  ok(!@told, "$lang: explain shows notes, reasons, documents and places", @told);

  # an agency list as a table says the same as one in YAML
  rename "$hostile/agencies.yaml", "$tmp/agencies.yaml" or die;
  spew("$hostile/agencies.csv", $table);
  (undef, $as_json) = run($hostile, 'rank', '--lang', $lang, '--format', 'json', '.', 'e');
  my %other = map { $_->{agency} => $_->{name} } @{(eval { decode_json(encode('UTF-8', $as_json)) }) // []};
  my @differ = grep { $other{"n$_"} ne (name_of($_) =~ s/^ +| +$//gr) } 0 .. $#names;
  ok(keys %other == @names && !@differ, "$lang: a list in CSV gives the same names", map { $other{"n$_"} } @differ);
  unlink "$hostile/agencies.csv";
  rename "$tmp/agencies.yaml", "$hostile/agencies.yaml" or die;

  # messages about such files
  spew("$hostile/bad \e]0;x\a\n\$(touch pwned) %s <b>.csv", "agency,period,a.x\nn0,2026,-1\n");
  for my $diag ('text', 'json') {
    my ($s, $o, $e) = run($hostile, 'check', '--lang', $lang, '--diag', $diag, '.', "bad \e]0;x\a\n\$(touch pwned) %s <b>.csv");
    my @lines = $diag eq 'json' ? map { eval { decode_json(encode('UTF-8', $_)) } // () } split /\n/, $e : ();
    ok($s eq '1' && "$o$e" !~ /(?!\n)$hidden/ && ($diag eq 'text' ? $e =~ /bad \\u\{1B\}\]0;x\\u\{07\}\\u\{0A\}\$\(touch pwned\) %s <b>\.csv:2:9/ : @lines && $lines[0]{line} == 2),
       "$lang: a message names such a file ($diag)", "status $s", $e);
  }
  my ($s, $o, $e) = run($hostile, 'rank', '--lang', $lang, "\e[31mnowhere\x9B", "\xFF\n");
  ok($s eq '3' && "$o$e" !~ /(?!\n)$hidden/ && $e =~ /\\u\{1B\}\[31mnowhere/, "$lang: and one that is not there", "status $s", $e);
  ($s, $o, $e) = run($hostile, 'rank', '--lang', $lang, "--\e[31m");
  ok($s eq '2' && "$o$e" !~ /(?!\n)$hidden/ && $e =~ /--\\u\{1B\}\[31m/, "$lang: and an option that is none", "status $s", $e);
}

# ---- what a name may not hold ----

my $small = "$tmp/small";
make_path($small);
my $set = "ari: criteria/1\nid: s\ntitle: T\nperiod: year\nmax: 1\nrounding: {leaf: 2}\ncriteria:\n  - id: a\n    title: A\n    max: 1\n    inputs: {x: yes_no}\n    score: {yes_no: x}\n";
spew("$small/criteria.yaml", $set);
my @refused;
for my $c (1 .. 8, 0x0B, 0x0C, 0x0E .. 0x1F, 0x7F .. 0x9F, 0x2028, 0x2029, 0xFFFE, 0xFFFF) {
  my $lang = $c % 2 ? 'vi' : 'en';
  utf8::encode(my $char = chr $c);   # Encode would put another character for one that is none
  my $code = sprintf 'U+%04X', $c;
  my %list = ('agencies.csv' => ["id,name,group\nn0,x${char}y,g\n", '2:5'], 'agencies.yaml' => ["ari: agencies/1\nagencies:\n  - id: n0\n    name: x${char}y\n    group: g\n", '4:12'],
              'escape.yaml' => ["ari: agencies/1\nagencies:\n  - id: n0\n    name: " . sprintf('"x\\u%04Xy"', $c) . "\n    group: g\n", '4:11']);
  for my $file (sort keys %list) {
    my ($text, $place) = @{$list{$file}};
    spew("$small/$file", $text);
    my ($status, undef, $stderr) = run($small, 'check', '--lang', $lang, "$file");
    push @refused, "$file, $code: status $status: $stderr" if $status ne '1' || $stderr !~ /\[E0105\][^\n]*\Q$code\E[^\n]*\n\s*--> \Q$file\E:$place/;
    unlink "$small/$file";
  }
}
ok(!@refused, 'a control character in a name is refused with its code and place, as it is and as an escape', @refused);

@refused = ();
for (["id,name,group\nn0,\"x\ty\",g\n", 'E0436', '2:4'], ["id,name,group\nn0,\"x\ny\",g\n", 'E0436', '2:4'], ["id,name,group\nn0,\"x\r\ny\",g\n", 'E0436', '2:4'],
     ["id,name,group\nn0,x\0y,g\n", 'E0102', '2:5'], ["id,name,group\nn0,\"   \",g\n", 'E0434', '2:4'], ["id,name,group\nn0,\"\xC2\xA0 \xE3\x80\x80\",g\n", 'E0434', '2:4'],
     ["id,name,group\n=1+1,x,g\n", 'E0148', '2:1'], ["id,name,group\n\@x,x,g\n", 'E0148', '2:1'], ["id,name,group\n-x,x,g\n", 'E0148', '2:1'], ["id,name,group\n\$(id),x,g\n", 'E0148', '2:1'],
     ["id,name,group\na\xE2\x80\xAEb,x,g\n", 'E0148', '2:1'], ["id,name,group\na b,x,g\n", 'E0148', '2:1'], ["id,name,group\nn0,x,<g>\n", 'E0148', '2:6'],
     ["id,name,group\nn0,x,\"=g\"\n", 'E0148', '2:6'], ["id,name,group\n\xF0\x9F\x8F\x9B,x,g\n", 'E0148', '2:1']) {
  my ($text, $code, $place) = @$_;
  spew("$small/agencies.csv", $text);
  my ($status, undef, $stderr) = run($small, 'check', '--lang', 'en', 'agencies.csv');
  push @refused, "$text: status $status: $stderr" if $status ne '1' || $stderr !~ /\[$code\][^\n]*\n\s*--> agencies\.csv:$place\b/ || $stderr =~ /(?!\n)$hidden/;
}
ok(!@refused, 'line ends, blanks for names, and ids that are no ids are refused with their place', @refused);

@refused = ();
for (['title: T', 'title: "T\e[31m"', '3:8', 'E0105'], ['id: s', 'id: "=s"', '2:5', 'E0148'], ['title: A', 'title: "A\x9b"', '9:12', 'E0105'], ['id: a', 'id: "a\u202eb"', '8:9', 'E0148'],
     ['{x: yes_no}', '{"x y": yes_no}', '11:14', 'E\d{4}'], ['max: 1', "groups: {\"<g>\": x}\nmax: 1", '5:10', 'E\d{4}'], ['max: 1', "grades:\n  - {id: \"=x\", from: 0}\nmax: 1", '6:10', 'E0148']) {
  my ($from, $to, $place, $code) = @$_;
  spew("$small/criteria.yaml", $set =~ s/\Q$from\E/$to/r);
  my ($status, undef, $stderr) = run($small, 'check', '--lang', 'en', 'criteria.yaml');
  push @refused, "$to: status $status: $stderr" if $status ne '1' || $stderr !~ /\[$code\][^\n]*\n\s*--> criteria\.yaml:$place\b/ || $stderr =~ /(?!\n)$hidden/;
}
ok(!@refused, 'so they are in a criteria set', @refused);

# ---- nothing was executed ----

my @pwned;
find({no_chdir => 1, wanted => sub { push @pwned, $_ if m{/pwned[^/]*\z}s }}, $tmp);
ok(!@pwned && !-e 'pwned' && !-e '/tmp/pwned', 'nothing was executed', @pwned);

print "1..$count\n";
