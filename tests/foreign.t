#!/usr/bin/perl
# Shapes of published indices of other countries and subjects, each written as a small set without a line of C: sums that begin above zero,
# weights in three levels, goalposts with logarithms and a geometric mean, rounding at every level, dimensions that are withheld or left out.
# All figures are invented; what they must come to is computed here by Math::BigRat and Math::BigFloat.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use Math::BigFloat;
use Math::BigRat try => 'FastCalc';
use lib dirname(abs_path($0));
use Harness qw($ari $tmp ok is done put start finish);
use Readers qw(csv_rows);

Math::BigFloat->accuracy(45);
sub rat { return Math::BigRat->new($_[0]) }
sub float { return Math::BigFloat->new($_[0]) }

# $x rounded half up to $d decimals, shortest; nothing here is below 0. Dies where the digits that follow do not decide it.
sub rounded {
  my ($x, $d) = @_;
  my $scaled = (ref $x eq 'Math::BigRat' ? $x->copy : rat($x->bstr)) * rat(10)->bpow($d);
  my $half = $scaled * 2 - ($scaled * 2)->bfloor;
  die "$x is too near a half\n" if ref $x ne 'Math::BigRat' && ($half < rat('1/1000000') || $half > rat('999999/1000000'));
  my $text = (($scaled + rat('1/2'))->bfloor)->bstr;
  $text = '0' x ($d + 1 - length $text) . $text if length $text <= $d;
  return $text unless $d;
  substr($text, -$d, 0) = '.';
  return $text =~ s/\.?0+$//r;
}

my $sets = 0;
# Scores and ranks @$rows, [agency, figures…], of the columns; gives {agency => row of `ari rank`}, {agency => {criterion => points}} and what was said.
sub run {
  my ($set, $columns, $rows) = @_;
  my $folder = "$tmp/set" . ++$sets;
  mkdir $folder or die;
  put("$folder/criteria.yaml", "ari: criteria/1\nid: foreign\ntitle: Foreign\nperiod: year\n$set");
  put("$folder/agencies.csv", "id,name,group\n" . join('', map { "$_->[0],$_->[0],g\n" } @$rows));
  put("$folder/evidence.csv", join(',', 'agency', @$columns) . "\n" . join('', map { join(',', @$_) . "\n" } @$rows));
  my (%rank, %points, $words);
  for my $command (qw(rank score)) {
    my ($status, $said, $err) = finish(start($folder, {}, $ari, $command, '.', 'evidence.csv', '--lang', 'en', '--format', 'csv', '--period', 2026));
    my ($head, @lines) = csv_rows($said);
    $words = $status eq 0 ? $err : "status $status $err";
    for my $line (@lines) {
      my %row;
      @row{@$head} = @$line;
      if ($command eq 'rank') { $rank{$row{agency}} = \%row } else { $points{$row{agency}}{$row{criterion}} = $row{points} }
    }
  }
  return (\%rank, \%points, $words);
}
sub sum { my $sum = rat(0); $sum += $_ for @_; return $sum }
# Ranks of figures by competition: 1 + how many are greater.
sub ranks { my %of = @_; return map { my $x = $of{$_}; ($_ => 1 + grep { $_ > $x } values %of) } keys %of }
sub compare {
  my ($name, $words, $got, $column, $want) = @_;
  my @wrong = map { my $have = $got->{$_}{$column} // 'nothing'; $have eq $want->{$_} ? () : "$_: $column $have, not $want->{$_}" } sort keys %$want;
  return ok($words eq '' && %$want && !@wrong, $name, $words, @wrong);
}

# ---- a sum that begins above zero: n answers from 1 to 5, index (sum − n) / 4n ----
{
  my @items = map { "q$_" } 1 .. 7;
  my $inputs = 'inputs: {answer: {type: count, from: 1, to: 5}}';
  my $as_sum = "rounding: {leaf: 2, index: 2}\nmissing: error\ncriteria:\n" . join('', map { "  - {id: $_, max: 4, $inputs, score: {points: answer - 1}}\n" } @items);
  my $as_mean = "max: 1\ncombine: mean\nrounding: {leaf: 12, index: 2}\nmissing: error\ncriteria:\n" . join('', map { "  - {id: $_, $inputs, score: {points: (answer - 1) / 4}}\n" } @items);
  my @rows = (['lowest', (1) x 7], ['highest', (5) x 7], ['mixed', 1, 2, 3, 4, 5, 4, 3], ['other', 2, 2, 1, 5, 3, 3, 3], ['same', 3, 3, 3, 5, 2, 2, 1]);
  my %index = map { my ($id, @answers) = @$_; ($id => rounded((sum(map { rat($_) } @answers) - 7) * 100 / 28, 2)) } @rows;
  is(join(' ', map { $index{$_->[0]} } @rows), '0 100 53.57 42.86 42.86', '(22 - 7) / 28 = 53.57 %, (19 - 7) / 28 = 42.86 %');
  my ($rank, undef, $words) = run($as_sum, [map { "$_.answer" } @items], \@rows);
  compare('a sum from a minimum above zero, as points above it', $words, $rank, 'index', \%index);
  compare('and its ranks', $words, $rank, 'rank', {ranks(%index)});
  ($rank, undef, $words) = run($as_mean, [map { "$_.answer" } @items], \@rows);
  compare('and as the mean of rescaled answers', $words, $rank, 'index', \%index);
  (undef, undef, $words) = run($as_sum, [map { "$_.answer" } @items], [['zero', (0) x 7]]);
  ok($words =~ /^status 1 error/ && (() = $words =~ /error\[E0480\]/g) == 7, "an answer of 0 is below the scale and told, each once", $words);
}

# ---- weights .05, .10 and .20 in three levels ----
{
  my %weights = (total => {law => '.20', staff => '.20', money => '.20', online => '.40'}, law => {'law.made' => '.05', 'law.checked' => '.10', 'law.known' => '.85'},
                 online => {'online.offered' => '.20', 'online.used' => '.20', 'online.paid' => '.10', 'online.liked' => '.50'},
                 'online.used' => {'online.used.city' => '.05', 'online.used.country' => '.95'});
  my $write;
  $write = sub {
    my ($node, $pad) = @_;
    return join '', map {
      my $weight = $weights{$node}{$_} =~ s/^\./0./r;
      "$pad- id: $_\n$pad  weight: $weight\n" . ($weights{$_} ? "$pad  combine: weighted\n$pad  criteria:\n" . $write->($_, "$pad    ")
                                                              : "$pad  inputs: {share: percent}\n$pad  score: {share: share}\n")
    } sort keys %{$weights{$node}};
  };
  my @leaves = grep { !$weights{$_} } map { sort keys %$_ } @weights{sort keys %weights};
  my $value;
  $value = sub { my ($node, $at) = @_; return $weights{$node} ? sum(map { $value->($_, $at) * rat("0$weights{$node}{$_}") } keys %{$weights{$node}}) : rat($at->{$node}) / 100 };
  my @rows = map { my $u = $_; ["u$u", map { (37 * $u * $_ + 11 * $_ * $_) % 101 } 1 .. @leaves] } 1 .. 9;
  my (%index, $n);
  for my $row (@rows) {
    my %at;
    @at{@leaves} = @$row[1 .. $#$row];
    $index{$row->[0]} = rounded($value->('total', \%at) * 100, 4);
  }
  my ($rank, undef, $words) = run("max: 1\ncombine: weighted\nrounding: {leaf: 12, index: 4}\nmissing: error\ncriteria:\n" . $write->('total', '  '), [map { "$_.share" } @leaves], \@rows);
  compare('weights of 5, 10 and 20 % in three levels', $words, $rank, 'index', \%index);
  compare('and their ranks', $words, $rank, 'rank', {ranks(%index)});
}

# ---- goalposts with caps, a logarithm and a geometric mean, to 3 decimals ----
{
  my $set = <<'EOT';
max: 1
combine: geometric
rounding: {leaf: 12, total: 3}
missing: error
ranking: {on: points}
criteria:
  - id: health
    inputs: {years: {type: number, from: 0}}
    score: {points: "clamp((years - 20) / (85 - 20), 0, 1)"}
  - id: education
    combine: mean
    criteria:
      - id: education.expected
        inputs: {years: {type: number, from: 0}}
        score: {points: "clamp(years / 18, 0, 1)"}
      - id: education.mean
        inputs: {years: {type: number, from: 0}}
        score: {points: "clamp(years / 15, 0, 1)"}
  - id: income
    inputs: {each: {type: number, from: 1}}
    score: {points: "clamp((ln(each) - ln(100)) / (ln(75000) - ln(100)), 0, 1)"}
EOT
  # Beyond a goalpost at either end: u5 has more years and income than count, u6 an income below 100, so no index at all.
  my @rows = (['u1', '83.2', '17.4', '12.9', 64660], ['u2', '71.25', '11.33', '8.004', '8123.45'], ['u3', 55, 7, '3.1', 700], ['u4', '71.3', '11.3', '8.1', 8000],
              ['u5', 90, 22, 16, 90000], ['u6', 60, 9, 5, 99]);
  my $clamp = sub { my ($x) = @_; return $x < 0 ? float(0) : $x > 1 ? float(1) : $x };
  my %index;
  for (@rows) {
    my ($id, $years, $expected, $mean, $each) = @$_;
    my $health = $clamp->((float($years) - 20) / 65);
    my $education = ($clamp->(float($expected) / 18) + $clamp->(float($mean) / 15)) / 2;
    my $income = $clamp->((float($each)->blog - float(100)->blog) / (float(75000)->blog - float(100)->blog));
    my $product = $health * $education * $income;
    $index{$id} = $product == 0 || $product == 1 ? $product->numify : rounded($product->broot(3), 3);
  }
  ok($index{u5} eq '1' && $index{u6} eq '0', 'caps: all beyond the goalposts is 1, an income below them 0', map { "$_ $index{$_}" } sort keys %index);
  my ($rank, undef, $words) = run($set, [qw(health.years education.expected.years education.mean.years income.each)], \@rows);
  compare('goalposts, a logarithm, a geometric mean to 3 decimals', $words, $rank, 'points', \%index);
  compare('and their ranks', $words, $rank, 'rank', {ranks(%index)});
  my %goalposts = ('clamp((years - 20) / (85 - 20), 0, 1)' => ['years', '20, 85'], 'clamp(years / 18, 0, 1)' => ['years', '0, 18'], 'clamp(years / 15, 0, 1)' => ['years', '0, 15'],
                   'clamp((ln(each) - ln(100)) / (ln(75000) - ln(100)), 0, 1)' => ['ln(each)', '"ln(100)", "ln(75000)"']);
  my $told = $set =~ s/points: "([^"]*)"/minmax: $goalposts{$1}[0], between: [$goalposts{$1}[1]], outside: cap/gr;
  is(scalar(() = $told =~ /minmax:/g), 4, 'all four as the form that is made for goalposts');
  ($rank, undef, $words) = run($told, [qw(health.years education.expected.years education.mean.years income.each)], \@rows);
  compare('and they come to the same', $words, $rank, 'points', \%index);
  compare('with the same ranks', $words, $rank, 'rank', {ranks(%index)});
}

# ---- five levels, rounded at every one ----
{
  my @decimals = (1, 2, 2, 3, 3);   # total, then the inner levels below it
  my ($leaf, $index) = (4, 0);
  my $tree = sub {   # every node has two children; those of level 5 are leaves
    my ($self, $id, $level) = @_;
    return $level == 5 ? {id => $id} : {id => $id, level => $level, kids => [map { $self->($self, $level ? "$id.$_" : "n$_", $level + 1) } 1, 2]};
  };
  my $root = $tree->($tree, 'total', 0);
  my $write;
  $write = sub {
    my ($node, $pad) = @_;
    return "$pad- id: $node->{id}\n$pad  max: 10/3\n$pad  inputs: {a: count, b: count}\n$pad  empty: zero\n$pad  score: {share: a / b}\n" unless $node->{kids};
    my $kids = join '', map { $write->($_, $node->{level} ? "$pad    " : '  ') } @{$node->{kids}};
    return "rounding: {leaf: $leaf, total: $decimals[0], index: $index}\nmissing: error\ncriteria:\n$kids" unless $node->{level};
    return "$pad- id: $node->{id}\n$pad  rounding: {node: $decimals[$node->{level}]}\n$pad  criteria:\n$kids";
  };
  my $all;
  $all = sub { my ($node) = @_; return $node->{kids} ? map { $all->($_) } @{$node->{kids}} : $node->{id} };
  my @leaves = $all->($root);
  my (%want, %plain, $score);
  $score = sub {
    my ($node, $at, $u) = @_;
    my $exact = $node->{kids} ? sum(map { $score->($_, $at, $u) } @{$node->{kids}}) : rat('10/3') * rat($at->{$node->{id}});
    $plain{$u} += rat('10/3') * rat($at->{$node->{id}}) unless $node->{kids};
    my $text = rounded($exact, $node->{kids} ? $decimals[$node->{level}] : $leaf);
    $want{$u}{$node->{id}} = $text;
    return rat($text);
  };
  my (@rows, %index);
  for my $u (map { "u$_" } 1 .. 12) {
    my $n = substr $u, 1;
    my %at = map { my $b = 3 + ($n * 7 + $_ * 5) % 11; ($leaves[$_] => (($n * $_ * 13) % ($b + 1)) . "/$b") } 0 .. $#leaves;
    push @rows, [$u, map { split m{/}, $at{$_} } @leaves];
    $plain{$u} = rat(0);
    my $total = $score->($root, \%at, $u);
    $index{$u} = rounded($total * 100 / (rat('10/3') * @leaves), $index);
  }
  my ($rank, $points, $words) = run($write->($root, ''), [map { ("$_.a", "$_.b") } @leaves], \@rows);
  my @wrong = map { my $u = $_; map { $points->{$u}{$_} eq $want{$u}{$_} ? () : "$u,$_: $points->{$u}{$_}, not $want{$u}{$_}" } sort keys %{$want{$u}} } sort keys %want;
  ok($words eq '' && !@wrong && @leaves == 32, 'five levels: every node of 12 agencies is rounded at its own place', $words, @wrong);
  compare('and the index', $words, $rank, 'index', \%index);
  my @differ = grep { rounded($plain{$_}, $decimals[0]) ne $want{$_}{total} } keys %plain;
  ok(@differ > 0, 'which is not what rounding once would give: ' . @differ . ' totals of 12');
}

# ---- dimensions that are withheld, and dimensions that are left out ----
{
  my %weight = (a => '1/2', b => '3/10', c => '1/5');
  my $set = sub {
    my ($missing) = @_;
    return "max: 100\ncombine: weighted\nrounding: {leaf: 12, total: 3}\nmissing: $missing\ncriteria:\n"
      . join '', map { "  - id: $_\n    weight: $weight{$_}\n    inputs: {value: {type: number, from: 0, to: 100}}\n    score: {points: value}\n" } sort keys %weight;
  };
  my @columns = qw(a.value b.value c.value c.note);
  my @rows = (['u1', 80, 60, 40, ''], ['u2', 90, '', 95, ''], ['u3', '', '', '33.3333', ''], ['u4', 70, 70, 70, ''], ['u5', '', '', '', 'nothing yet']);
  # 80 · 1/2 + 60 · 3/10 + 40 · 1/5 = 66
  my ($rank, $points, $words) = run($set->('withhold'), \@columns, \@rows);
  is(join(' ', map { my $row = $rank->{$_}; "$_:$row->{rank}:$row->{points}:$row->{state}" } sort keys %$rank), 'u1:2:66:final u2:::withheld u3:::withheld u4:1:70:final u5:::withheld',
     'a dimension that is withheld: the agency is not ranked, the others are');
  ok($points->{u2}{a} eq '90' && $points->{u2}{b} eq '' && $points->{u2}{total} eq '', 'what was given is still shown, without a total');
  ok($words !~ /error/, 'and it is no error', $words);
  my %index;
  for (@rows) {
    my ($id, %at) = ($_->[0], a => $_->[1], b => $_->[2], c => $_->[3]);
    my @there = grep { $at{$_} ne '' } keys %at;
    $index{$id} = rounded(sum(map { rat($at{$_}) * rat($weight{$_}) } @there) / sum(map { rat($weight{$_}) } @there), 3) if @there;
  }
  is(join(' ', map { $index{$_} } sort keys %index), '66 91.429 33.333 70', '(90 / 2 + 95 / 5) / (7/10) = 91.429');
  ($rank, $points, $words) = run($set->('exclude'), \@columns, \@rows);
  compare('a dimension that is left out: weights are divided by the sum of those that are there', '', $rank, 'points', \%index);
  compare('and all are ranked', '', $rank, 'rank', {ranks(%index)});
  ok($rank->{u5}{state} eq 'withheld' && $rank->{u5}{rank} eq '' && $words !~ /error/, 'but for whom nothing is left', $words, $rank->{u5}{state});
}
done();
