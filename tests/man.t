#!/usr/bin/perl
# The manual pages: mandoc has nothing to say of them; every example does what stands beside it; every command, option, key, word, form, function, state and variable of the
# program is in them; every form of a rule gives the same points as the expression that the manual states for it, on random evidence. The seed is fixed: ARI_SEED takes another.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);

my $top = abs_path(dirname($0) . '/..');
my $out = $ENV{ARI_OUT} // '';
-x "$out/ari" or do { print "Bail out! $out/ari is not there: run through make\n"; exit 1 };
my $seed = $ENV{ARI_SEED} // 20260831;
my $tmp = tempdir(CLEANUP => 1);
delete @ENV{qw(ARI_LANG ARI_CRITERIA NO_COLOR)};
$ENV{SOURCE_DATE_EPOCH} = 1788134400;
$ENV{LOGNAME} = 'minh';
$ENV{PATH} = abs_path($out) . ":$ENV{PATH}";
my $count = 0;

sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  return $good if $good;
  print "# $_\n" for map { split /\n/ } @why > 20 ? @why[0 .. 19] : @why;
}

sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or die "$path: $!"; local $/; return <$f> }
sub spew { my ($path, $text) = @_; open(my $f, '>:raw', $path) or die "$path: $!"; print $f $text; close $f or die "$path: $!" }

# The status of a shell command in a folder and what it printed, both streams in one.
sub sh {
  my ($folder, $command) = @_;
  my $said = `cd '$folder' && { $command\n} 2>&1 </dev/null`;
  return ($? & 127 ? "signal " . ($? & 127) : $? >> 8, $said);
}

my %glyph = ('[en]' => "\xe2\x80\x93", '[u2026]' => "\xe2\x80\xa6", '[mu]' => "\xc3\x97", 'e' => '\\', '&' => '');
sub plain { my ($line) = @_; $line =~ s/\\(\[\w+\]|.)/$glyph{$1} \/\/ die "unknown escape \\$1\n"/ge; return $line }
sub trimmed { my ($text) = @_; $text =~ s/[ ]+$//mg; return $text }

# The literal blocks of a page with the comment in front of each: [line, directive, text].
sub blocks {
  my ($text) = @_;
  my (@blocks, $directive, $open);
  my $n = 0;
  for my $line (split /\n/, $text) {
    $n++;
    if ($line =~ /^\.\\" example: (.*)/) { $directive = $1 }
    elsif ($line =~ /^\.Bd -literal/) { $open = [$n, $directive // '', '']; undef $directive }
    elsif ($line =~ /^\.Ed/) { push @blocks, $open if $open; undef $open }
    elsif ($open) { $open->[2] .= plain($line) . "\n" }
  }
  return @blocks;
}

sub check_example {
  my ($folder, $name, $text, $want, @with) = @_;
  my $file = $text =~ /^ari:/ ? 'example.yaml' : 'example.csv';
  spew("$folder/$file", $text);
  my ($status, $said) = sh($folder, "ari check --lang en @with $file");
  unlink "$folder/$file";
  ok($status eq $want && ($want ne '0' || $said !~ /^(?:error|failure)/m), "$name: checked with status $want", "status $status", $said);
}

# "$ command", lines that go on behind a backslash, and exactly what it prints. All commands but the last end with 0.
sub run_example {
  my ($folder, $name, $text, $want) = @_;
  my @parts = split /^\$ /m, $text;
  shift @parts;
  for my $i (0 .. $#parts) {
    my ($command, $rest) = $parts[$i] =~ /\A((?:[^\n]*\\\n)*[^\n]*\n)(.*)\z/s;
    my ($status, $said) = sh($folder, $command);
    my $must = $i == $#parts ? $want : 0;
    $command =~ s/\s*\\?\n\s*/ /g;
    ok($status eq $must && trimmed($said) eq trimmed($rest), "$name: $command", "status $status", $said);
  }
}

my (%page, $equals, @headers);
for my $name (qw(ari.1 ari-criteria.5 ari-evidence.5)) {
  my $path = "$top/src/man/$name";
  my $said = `mandoc -Tlint -W warning '$path' 2>&1`;
  ok($? == 0 && $said eq '', "$name: mandoc has nothing to say", $said);
  my $text = $page{$name} = slurp($path);
  my $folder = "$tmp/$name";
  mkdir $folder or die;
  for (blocks($text)) {
    my ($line, $directive, $block) = @$_;
    my ($what, @words) = split ' ', $directive;
    $what //= '';
    if ($what eq 'file') { spew("$folder/$words[0]", $block) }
    elsif ($what eq 'check') { check_example($folder, "$name:$line", $block, @words) }
    elsif ($what eq 'run') { run_example($folder, "$name:$line", $block, @words) }
    elsif ($what eq 'header') { push @headers, [$words[0], $block] }
    elsif ($what eq 'equals') { $equals = $block }
    else { ok($what eq 'none', "$name:$line: the example says how it is tested") }
  }
}
for (@headers) {
  my ($command, $want) = @$_;
  my ($status, $said) = sh("$tmp/ari.1", "ari $command . august.csv --period 2026-08 --format csv");
  ok($status eq 0 && $said =~ /\A\Q$want\E/, "the columns of $command", $said);
}

# ---- all of the program is in the pages ----

# Of the words those that no line of the page that begins so names.
sub lacking {
  my ($name, $macro, @words) = @_;
  my @lines = map { s/"//gr } grep { /^\.(?:$macro)\b/ } split /\n/, $page{$name};
  my @lack;
  for my $word (@words) { push @lack, $word unless grep { /(?<![\w])\Q$word\E(?![\w])/ } @lines }
  ok(@words && !@lack, "$name: " . @words . " names behind .$macro", map { "not there: $_" } @words ? @lack : 'nothing was found in the source');
}
sub sources { return join "\n", map { slurp($_) } map { glob "$top/src/$_" } @_ }
sub unique { my %seen; return grep { !$seen{$_}++ } @_ }
sub keys_of { return unique(sources(@_) =~ /\.key = "(\w+)"/g) }

my ($status, $help) = sh($tmp, 'ari --help --lang en');
lacking('ari.1', 'It Cm', $help =~ /^  ([a-z]+) /mg);
lacking('ari.1', 'It Fl', unique(map { s/^-//r } sources('cli/options.c') =~ /"--([a-z-]+)"/g));
lacking('ari.1', 'It Fl', unique(map { "-$_" } $help =~ /--([a-z-]+)/g));

# The commands that take an option are those that its description ends with.
{
  my $page = slurp("$top/src/man/ari.1");
  my %word = (stage => 'final', format => 'csv', jobs => 1, charts => 'none', theme => 'print', size => 'small');
  my @commands = sources('cli/*.c') =~ /const cli_command cli_\w+ = \{\s*"([a-z ]+)"/g;
  my @wrong;
  my %text = $page =~ /^\.It Fl (?:\w , )?-([a-z-]+.*)\n((?:(?!\.It Fl|\.El|\.Sh).*\n)*)/mg;
  for my $head (sort keys %text) {
    my ($name, $value) = $head =~ /^([a-z-]+)(.*)/;
    my ($list) = $text{$head} =~ /^\.Cm ([a-z ]+) \.\n(?!.*^\.Cm [a-z ]+ \.\n)/ms or next;   # options of every command have none
    next if $list =~ /interval|waterfall/;
    my $takes = join ' ', sort map { split / / } grep { (sh($tmp, "ari $_ --$name " . ($value ? $word{$name} // 'x' : '') . ' --lang en'))[1] !~ /has no option/ } @commands;
    push @wrong, "--$name: $takes" if $takes ne join ' ', sort split / /, $list;
  }
  ok(!@wrong && keys %text > 20, 'ari.1 names the commands that take each option', @wrong);
}
lacking('ari.1', 'It Ev', unique(sources('cli/*.c') =~ /getenv\("(\w+)"\)/g));
lacking('ari.1', 'It Li', unique(sources('score/words.c') =~ /\[ARI_\w+\] = "(\w+)"/g));
lacking('ari-criteria.5', '(?:It )?Ic', keys_of('criteria/*.[ch]'));
lacking('ari-criteria.5', '(?:It )?(?:Cm|Li|Ic)', unique(map { /"([\w\/]+)"/g } sources('criteria/*.[ch]') =~ /_(?:words|names)\[\] = \{([^}]*)\}/g));
lacking('ari-criteria.5', 'Li', map { "$_:" } keys_of('yaml/values.c'));
lacking('ari-criteria.5', 'Li', sources('criteria/inputs.c') =~ /reserved\[\] = \{([^}]*)\}/ ? $1 =~ /"(\w+)"/g : ());
lacking('ari-criteria.5', 'It Fn', unique(sources('expr/*.c') =~ /^\s*\{"([\w.]+)", \d/mg));
lacking('ari-evidence.5', '(?:It )?Ic', keys_of('evidence/*.[ch]'));
lacking('ari-evidence.5', 'It (?:Ic|Li|Ar)', unique(sources('evidence/csv_*.c') =~ /\{"(\w+)", COLUMN_/g));
lacking('ari-evidence.5', 'It Ic', unique(sources('evidence/yaml_evidence.c') =~ /SAID\(\w+\) = \{\.key = "(\w+)"/g));
lacking('ari-evidence.5', 'It Cm', sources('criteria/inputs.c') =~ /type_words\[\] = \{([^}]*)\}/ ? $1 =~ /"(\w+)"/g : ());
my @kinds = unique(sources('criteria/*.c') =~ /\.name = "(\w+)"/g);
lacking('ari-criteria.5', 'It Ic', @kinds);

# ---- what comments name is there ----

my %heading;   # "ari-criteria(5)" -> its sections, and commands by their names
for my $page (glob "$top/src/man/*.[15]") {
  my ($name, $section) = basename($page) =~ /^(.+)\.(\d)$/;
  my $text = slurp($page);
  $heading{"$name($section)"}{$_} = 1 for $text =~ /^\.S[hs] (.+)$/mg, $text =~ /^\.It Cm (\w+)/mg;
}
my $map = slurp("$top/src/README.md");
$heading{'src/README.md'}{$_} = 1 for $map =~ /^## (.+)$/mg;
my @nowhere;
for my $path (glob("$top/src/*/*.[ch]"), "$top/include/ari.h") {
  my $text = slurp($path) =~ s/\n \* / /gr;
  while ($text =~ m{(ari(?:-criteria|-evidence)?\([15]\)|src/README\.md)((?:,? (?:and )?"[^"\n]+")+)}g) {
    my ($page, $names) = ($1, $2);
    push @nowhere, map { basename($path) . ": $page has no \"$_\"" } grep { !$heading{$page}{$_} } $names =~ /"([^"]+)"/g;
  }
}
ok(!@nowhere, 'every section that a comment names is in the manual or the map', @nowhere);

# ---- every form equals the expression behind it ----

my (@forms, $form);
for my $line (split /\n/, $equals // '') {
  if ($line =~ /^\S/) { $form = $line }
  elsif ($form =~ /,$/ || ($form =~ tr/[{//) != ($form =~ tr/]}//)) { $form .= $line =~ s/^\s+/ /r }
  else { push @forms, [$form, $line =~ s/^\s+//r] }
}
my %stated = map { $_->[0] =~ /^(\w+)/ ? ($1 => 1) : () } @forms;
my %elsewhere = map { $_ => 1 } qw(zscore percentile judged);   # formulas have no standard deviation and no counting: tests/relative.t works them out. Evaluators judge
my @unstated = grep { !$stated{$_} && !$elsewhere{$_} } @kinds;
ok(@forms && !@unstated, 'every form has its expression', @unstated);

sub pick { $_[rand @_] }

# What the letters of one form stand for. Rules must be able to reach their max, which is 2, and every case must be reached.
sub letters {
  my ($form) = @_;
  my @full = ('max', '100%', '2');
  my @part = ('50%', '1.25', '0.6 * max', '0', 'if done then 75% else 0.5');
  return (
    R => pick('a / b', '1 - a / b', '(a + a) / (b + b)'), T => pick('90%', '100%', '0.5', '75%'), F => pick('90%', '1', '60%', '80%'), Z => pick('40%', '0.25', '10%'),
    V => pick('a / b', 'a / b * 90% + 10%'), N => pick('n', 'n + n', 'n * 0.5'), E => pick($form =~ /at_most/ ? ('0.5', '30%', '0.1') : ('0.1', '5%', '0.125')),
    W => pick('a / b', 'n / 9', 'n * n', 'n / 7 * (a / b)', $form =~ /cohort/ ? '-n' : $form =~ /outside/ ? 'n - a / b' : ()), H => pick('100', '81', 'a + 70', '90.5'), K => pick('7', '1/3', '30%', '1 + n * n'),
    B => pick('n > 5', 'a * 2 > b'), C => pick('done', 'not done', "kind = 'b'"), X => 'kind', Y => 'y',
    P => pick($form =~ /partial/ ? @part : @full), Q => pick(@part), S => pick($form =~ /start/ ? @full : @part),
    L => pick($form =~ /at_least/ ? ('0.5', '25%', '0') : @full));
}

sub write_set {
  my ($path, $leaf, $min, @scores) = @_;
  my $text = "ari: criteria/1\nid: forms\ntitle: Forms\nperiod: year\nrounding: {leaf: $leaf}\nempty: unscored\nmissing: exclude\n"
    . "inputs: {a: count, b: count, n: count, done: yes_no, kind: {type: choice, options: {a: A, b: B, c: C}},"
    . " y: {type: survey, options: {a: A, b: B, c: C}}, y_a: count, y_b: count, y_c: count}\ncriteria:\n";
  $text .= "  - id: f$_\n    max: 2\n    min: $min\n    score: {$scores[$_]}\n" for 0 .. $#scores;
  spew($path, $text);
}

srand $seed;
my (@different, %states, %points);
my ($rounds, $agencies) = (25, 40);
spew("$tmp/agencies.csv", join '', "id,name,group\n", map { "a$_,A $_,g\n" } 1 .. $agencies);
for my $round (1 .. $rounds) {
  my $min = pick(0, -1, -0.5);
  my (@form_scores, @point_scores);
  for (@forms) {
    my ($form, $expression) = @$_;
    my %letter = letters($form);
    my %inside = map { $_ => "($letter{$_})" } keys %letter;
    $inside{$_} =~ s/([\d.]+%)/($1 * max)/g for qw(P Q S L E);
    $form =~ s/\b([A-Z])\b/$letter{$1} \/\/ die "what is $1?"/ge;
    $expression =~ s/\b([A-Z])\b/$inside{$1} \/\/ die "what is $1?"/ge;
    $expression =~ s/\bmin\b(?!\()/$min/g;
    push @form_scores, $form;
    push @point_scores, "points: \"$expression\"";
  }
  my $leaf = pick(2, 12);
  write_set("$tmp/forms.yaml", $leaf, $min, @form_scores);
  write_set("$tmp/points.yaml", $leaf, $min, @point_scores);
  my $table = "agency,total.a,total.b,total.n,total.done,total.kind,total.y:a,total.y:b,total.y:c,total.y_a,total.y_b,total.y_c\n";
  for my $i (1 .. $agencies) {
    my $b = pick(0, 4, 20, 20, 1 + int rand 20, 1 + int rand 5000);   # of 4 and 20 many shares are thresholds
    my @row = (int rand($b + 1), $b, int rand 9, pick(qw(yes no)), pick(qw(a b c)));
    $row[rand @row] = '' if rand() < 0.1;
    my @answers = map { pick(0, 0, 3, int rand 500) } 1 .. 3;
    @answers = ('') x 3 if rand() < 0.1;   # a survey is there or not as a whole
    $table .= join(',', "a$i", @row, @answers, @answers) . "\n";
  }
  spew("$tmp/evidence.csv", $table);
  my @got = map { [sh($tmp, "ari score --lang en --format csv --period 2026 $_.yaml evidence.csv 2>$_.err")] } qw(forms points);
  for my $i (0, 1) {
    next if $got[$i][0] eq '0';
    push @different, "round $round: status $got[$i][0]", slurp("$tmp/" . ('forms', 'points')[$i] . '.err') =~ /(^(?:error|failure).*(?:\n.+){0,6})/m;
  }
  my @lines = map { [split /\n/, $_->[1]] } @got;
  for my $k (0 .. ($#{$lines[0]} > $#{$lines[1]} ? $#{$lines[0]} : $#{$lines[1]})) {
    my ($x, $y) = map { $_->[$k] // '' } @lines;
    if ($x =~ /^a\d+,f(\d+),1,(\w+),[^,]*,([^,]*),/) {
      $states{$2}++;
      $points{$1}{$3}++;
      push @different, "round $round: $form_scores[$1] | $point_scores[$1]: $x | $y" if $x ne $y;
    } elsif ($x ne $y) {
      push @different, "round $round: $x | $y";
    }
  }
}
ok(!@different, "seed $seed: " . @forms . " forms give the points of their expressions, $rounds times for $agencies agencies", @different);
my @dull = grep { keys %{$points{$_} // {}} < 2 } 1 .. $#forms;   # the first is `points: P` itself
ok(!@dull && !(grep { !$states{$_} } qw(scored missing empty)), 'and not all the same ones', map { "always the same: $forms[$_][0]" } @dull);

print "1..$count\n";
