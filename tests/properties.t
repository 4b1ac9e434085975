#!/usr/bin/perl
# What must hold of every criteria set, the shipped ones and random ones alike, whatever the evidence: points stay within what the rule says it can give, every criterion ends in
# one state, better evidence never lowers a total, and neither the order of anything nor the number of threads changes a figure.
# The figures are invented by the seed, which is fixed: ARI_SEED takes another one.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use lib dirname(abs_path($0));
use Harness qw($top $out $ari $tmp ok done slurp put start finish);
use Readers qw(csv_rows);
use JSON::PP qw(decode_json);

my $seed = $ENV{ARI_SEED} // 20261123;
my ($RANDOM, $AGENCIES) = (30, 12);
srand $seed;
sub pick { $_[rand @_] }
sub shuffled { my @all = @_; my @new; push @new, splice(@all, rand @all, 1) while @all; return @new }

# ---- sets ------------------------------------------------------------------------------------------------------------------------------

# A leaf whose points never fall when the inputs of `up` grow.
sub random_leaf {
  return pick(
    sub { ('inputs: {a: count, b: count}', 'score: {share: a / b' . pick('', ', full_at: 80%', ', full_from: 90%, zero_below: 20%') . '}', 'empty: ' . pick(qw(zero full exclude spread)), 'a') },
    sub { ('inputs: {a: count, b: count}', 'score: {bands: a / b, points: [{from: 80%, points: max}, {above: 33.3%, points: 40%}, {points: 0}]}', 'empty: unscored', 'a') },
    sub { ('inputs: {n: count}', 'score: {count: n, each: 0.015, at_most: max}', '', 'n') },
    sub { ('inputs: {n: count}', 'score: {deduct: [{count: n, each: 0.25}], at_least: ' . pick(0, -0.5) . '}', '', '') },
    sub { ('inputs: {done: yes_no}', 'score: {yes_no: done, no: ' . pick(0, '10%') . '}', '', 'done') },
    sub { ('inputs: {x: {type: number, from: -3, to: 40}}', 'score: {minmax: x, between: ' . pick('[0, 20], outside: cap', '[-3, 40]', 'cohort') . '}', 'empty: zero', 'x') },
    sub { ('inputs: {x: {type: number, from: -3, to: 40}}', 'score: {percentile: x}', 'empty: full', 'x') },
    sub { ('inputs: {x: {type: number, from: 0, to: 40}, late: yes_no}', 'score: {cases: [{when: late, points: 0}, {when: x > 20, points: max}, {points: "max * x / 40"}]}', '', 'x') },
  )->();
}

# [text, {column that betters => 1}]; `$scale` multiplies all weights.
sub random_set {
  my ($n) = @_;
  my (%up, $text);
  $text = "ari: criteria/1\nid: s$n\ntitle: Random\nperiod: year\nrounding: {mode: " . pick(qw(half_up half_even down)) . ", leaf: " . pick(0, 2, 2, 3) . ", total: " . pick(2, 4) . "}\n"
    . 'missing: ' . pick(qw(zero unscored exclude spread withhold)) . "\nranking: {ties: " . pick(qw(competition dense)) . ", within: " . pick(qw(group all)) . "}\n";
  my $above = pick(qw(sum sum weighted));
  $text .= "max: 100\ncombine: weighted\nweights: relative\n" if $above eq 'weighted';
  $text .= "criteria:\n";
  my $part = sub {
    my ($name, $pad, $how) = @_;
    for my $i (1 .. 3) {
      my ($inputs, $score, $policy, $better) = random_leaf();
      $score =~ s/-0.5/0/ if $name =~ /bonus|penalty/;
      $text .= "$pad- id: $name.$i\n$pad  max: " . pick(1, 2, 4, 10) . "\n" . ($how eq 'weighted' ? "$pad  weight: " . pick(1, 2, '0.5', '40%') . "\n" : '')
        . join('', map { $_ eq '' ? '' : "$pad  $_\n" } $inputs, $score, $policy);
      $up{"$name.$i.$better"} = 1 if $better ne '' && $name ne 'penalty';
    }
  };
  for my $name (qw(a b c)) {
    my $how = pick(qw(sum sum mean weighted min));
    $text .= "  - id: $name\n    combine: $how\n" . ($how eq 'sum' ? '' : '    max: ' . pick(5, 20) . "\n") . ($how eq 'weighted' ? "    weights: relative\n" : '')
      . ($above eq 'weighted' ? '    weight: ' . pick(1, 2, '0.25') . "\n" : '') . "    criteria:\n";
    $part->($name, '      ', $how);
  }
  for my $outside (grep { rand() < 0.4 } qw(bonus penalty)) {
    $text .= "$outside:\n  max: 2\n  criteria:\n";
    $part->($outside, '    ', 'sum');
  }
  return ($text, \%up);
}

# Of a shipped set: plain proportions and counts grow with what they count, yes is at least as good as no. Penalties apart.
sub betters_of {
  my ($text) = @_;
  $text =~ s/^penalty:.*//ms;
  my ($id, %up);
  for (split /\n/, $text) {
    $id = $1 if /^ *- id: (\S+)/;
    $up{"$id.$1"} = 1 if /\b(?:share|bands): (\w+) \/ \w+/ || /\bcount: (\w+), each: .*at_most/ || /\byes_no: (\w+)/ || /\bpercentile: (\w+) \//;
  }
  return \%up;
}

# The text with all criteria in another order among their siblings.
sub other_order {
  my (@lines) = @_;
  my ($pad) = map { /^( *)- id:/ ? $1 : () } @lines or return @lines;
  my (@before, @blocks, @after);
  for my $line (@lines) {
    if ($line =~ /^$pad- id:/ && !@after) { push @blocks, [$line] }
    elsif (!@blocks) { push @before, $line }
    elsif (@after || $line !~ /^$pad /) { push @after, $line }
    else { push @{$blocks[-1]}, $line }
  }
  return (@before, (map { my ($head, @rest) = @$_; ($head, other_order(@rest)) } shuffled(@blocks)), other_order(@after));
}
sub reordered {
  my ($head, $tree) = $_[0] =~ /\A(.*?^criteria:\n)(.*)\z/ms;
  return join "\n", $head . join("\n", other_order(grep { !/^\s*(?:#|$)/ } split /\n/, $tree)), '';
}

# ---- evidence --------------------------------------------------------------------------------------------------------------------------

sub known {   # {input => [...], leaf => {tier => {id => {}}}} of a set
  my ($path) = @_;
  my ($status, $said) = finish(start($top, {}, "$out/drivers/set_driver", $path));
  my %known = (status => $status, inputs => [], leaves => {}, tiers => []);
  for (split /\n/, $said) {
    my ($what, @words) = split /\t/, $_, -1;
    if ($what eq 'tier') { push @{$known{tiers}}, $words[0] }
    elsif ($what eq 'input') { my %in; @in{qw(column type list from to options)} = @words; push @{$known{inputs}}, \%in }
    else { my %leaf; @leaf{qw(id tier decimals outside max low high)} = @words; $known{leaves}{$words[1]}{$words[0]} = \%leaf }
  }
  return \%known;
}

sub random_value {
  my ($in) = @_;
  my $type = $in->{type};
  return '' if $type eq 'text' || rand() < 0.03;
  return join ';', map { random_value({%$in, list => 0}) || 1 } 1 .. 1 + int rand 4 if $in->{list};
  return pick(qw(yes no)) if $type eq 'yes_no';
  return pick(split / /, $in->{options}) if $type eq 'choice';
  return sprintf '2026-%02d-%02d', 1 + int rand 12, 1 + int rand 28 if $type eq 'date';
  return pick(0, 7.25, 50, 99.5, 100) . '%' if $type eq 'percent';
  my ($low, $high) = ($in->{from} eq '' ? 0 : $in->{from}, $in->{to} eq '' ? pick(1, 10, 200) : $in->{to});
  my $x = $low + rand($high - $low + 1);
  $x = $high if $x > $high;
  return $type eq 'count' ? int $x : sprintf '%.1f', $x;
}

my $folders = 0;
# A folder with the set, a list of agencies in the given order and a file of evidence for each.
sub write_folder {
  my ($text, $list, $known, $values) = @_;
  my $folder = "$tmp/f" . ++$folders;
  mkdir $folder or die;
  put("$folder/criteria.yaml", $text);
  put("$folder/agencies.csv", "id,name,group,tier\n" . join('', map { "$_->{id},$_->{id},$_->{group},$_->{tier}\n" } @$list));
  for my $agency (@$list) {
    my @columns = grep { exists $values->{$agency->{id}}{$_} } map { $_->{column} } @{$known->{inputs}};
    put("$folder/$agency->{id}.csv", join(',', 'agency', @columns) . "\n" . join(',', $agency->{id}, map { $values->{$agency->{id}}{$_} } @columns) . "\n");
  }
  return $folder;
}

my $period;
sub call { my ($folder, $command, $list, @more) = @_; return finish(start($folder, {}, $ari, $command, '.', (map { "$_->{id}.csv" } @$list), '--lang', 'en', '--period', $period, @more)) }
sub table {
  my ($folder, $command, $list) = @_;
  my ($status, $said, $err) = call($folder, $command, $list, '--format', 'csv');
  my ($head, @rows) = csv_rows($said);
  return ({map { my %row; @row{@$head} = @$_; ($row{agency} . ($command eq 'score' ? "/$row{criterion}" : '') => \%row) } @rows}, $status eq 0 ? '' : "status $status $err");
}

# Changes what the engine refuses until it refuses nothing: what is counted out of something becomes less, in the end 0; what something is counted out of is not 0.
sub mend {
  my ($text, $list, $known, $values) = @_;
  my %in = map { $_->{column} => $_ } @{$known->{inputs}};
  for my $round (1 .. 30) {
    my $folder = write_folder($text, $list, $known, $values);
    my ($status, undef, $err) = call($folder, 'check', $list, '--diag', 'json');
    return $folder if $status eq 0;
    my %mended;
    for (split /\n/, $err) {
      my $finding = decode_json($_);
      next if $finding->{severity} ne 'error' || $mended{$finding->{file} . ($finding->{column_name} // '')}++;
      my ($agency) = $finding->{file} =~ m{(\w+)\.csv$} or return;
      my ($column) = grep { exists $values->{$agency}{$_} } $finding->{column_name} // '';
      if (!defined $column) {   # something is missing that must not be
        $values->{$agency}{$_} = random_value($in{$_}) for grep { $values->{$agency}{$_} eq '' } keys %{$values->{$agency}};
        next;
      }
      my ($in, $x) = ($in{$column}, $values->{$agency}{$column});
      $values->{$agency}{$column} = $in->{type} !~ /count|number|money/ || $x eq '' ? random_value($in) : $x == 0 ? pick(1, 20, 200) : $round < 8 ? int $x * rand : $in->{from} || 0;
    }
  }
  return;
}

# ---- what must hold --------------------------------------------------------------------------------------------------------------------

my %STATES = map { $_ => 1 } qw(scored missing empty not_applicable withheld watched pending);
my %counts = map { $_ => 0 } qw(points near_ends states better gained ranked);
my (%wrong, $name);
sub wrong { my ($what, $why) = @_; push @{$wrong{$what}}, "$name: " . ($why =~ /\A(.*)/)[0] }

sub check_points {
  my ($list, $known, $score, $rank) = @_;
  for my $agency (@$list) {
    my $leaves = $known->{leaves}{$agency->{tier}};
    my ($seen, $bonus, $negative) = (0, 0, 0);
    for my $leaf (values %$leaves) {
      my $row = $score->{"$agency->{id}/$leaf->{id}"} or next;
      $seen++ if $STATES{$row->{state}};
      $counts{states}++;
      $bonus += $leaf->{high} || 0 if $leaf->{outside};
      $negative = 1 if $leaf->{low} ne '' && $leaf->{low} < 0;
      next if $row->{state} ne 'scored';
      my $grown = $leaf->{max} > 0 ? $row->{max} / $leaf->{max} : 1;   # by what was spread to it
      my $half = 10 ** -$leaf->{decimals} * 1.0001;
      $counts{points}++;
      $counts{near_ends}++ if $row->{points} == $leaf->{low} || $row->{points} == $leaf->{high};
      wrong('range', "$agency->{id} $leaf->{id}: $row->{points}, from $leaf->{low} to $leaf->{high}") if $row->{points} < $leaf->{low} * $grown - $half || $row->{points} > $leaf->{high} * $grown + $half;
    }
    wrong('states', "$agency->{id}: $seen of " . keys %$leaves) if $seen != keys %$leaves;
    my $row = $rank->{$agency->{id}};
    next if $row->{index} eq '';
    wrong('index', "$agency->{id}: $row->{index}") if ($row->{index} < 0 && !$negative) || $row->{index} > 100 + 100 * $bonus / $row->{max} + 0.01;
  }
}

# One agency after the other gets a better value; its own total must not fall. What it is compared with follows.
sub check_better {
  my ($text, $list, $known, $values, $up, $before) = @_;
  my %in = map { $_->{column} => $_ } @{$known->{inputs}};
  for my $column ((shuffled(sort grep { $in{$_} } keys %$up))[0 .. 7]) {
    next unless $column;
    my $agency = pick(@$list)->{id};
    my $x = $values->{$agency}{$column};
    next if !defined $x || $x eq '' || $x eq 'yes';   # absent, in another tier, or as good as can be
    my $better = $x eq 'no' ? 'yes' : $x + pick(1, 1, 3);
    my $folder = write_folder($text, $list, $known, {%$values, $agency => {%{$values->{$agency}}, $column => $better}});
    my ($after, $why) = table($folder, 'score', $list);
    next if $why;   # more of something than there is
    my ($old, $new) = map { $_->{"$agency/total"} } $before, $after;
    next if $old->{points} eq '' || $new->{points} eq '';
    $counts{better}++;
    $counts{gained}++ if $new->{points} > $old->{points};
    wrong('better', "$agency $column $x -> $better: $old->{points} -> $new->{points}") if $new->{points} < $old->{points};
  }
}

sub same_figures {
  my ($what, $folder, $list, $score, $rank) = @_;
  my ($new_score, $why) = table($folder, 'score', $list);
  my ($new_rank, $more) = table($folder, 'rank', $list);
  return wrong($what, $why) if $why || $more;
  for ([$score, $new_score, qw(state max points)], [$rank, $new_rank, qw(rank points max index grade state)]) {
    my ($old, $new, @fields) = @$_;
    wrong($what, 'rows') if keys %$old != keys %$new;
    for my $key (sort keys %$old) {
      my @pair = map { my $row = $_->{$key} // {}; join ' ', map { $row->{$_} // 'none' } @fields } $old, $new;
      wrong($what, "$key: $pair[0], then $pair[1]") if $pair[0] ne $pair[1];
    }
  }
}

sub check_set {
  my ($text, $path, $up, $groups) = @_;
  my $known = known($path);
  return wrong('sound', "status $known->{status}") if $known->{status} ne 0;
  my @list = map { {id => sprintf('u%02d', $_), group => pick(@$groups), tier => pick(@{$known->{tiers}})} } 1 .. $AGENCIES;
  my %values = map { $_->{id} => {map { $_->{column} => random_value($_) } @{$known->{inputs}}} } @list;
  # Figures for criteria that an agency's tier lacks are an error: only columns of its own tier are written.
  for my $agency (@list) {
    my $leaves = $known->{leaves}{$agency->{tier}};
    my %elsewhere = map { $_ => 1 } grep { !$leaves->{$_} } map { keys %$_ } values %{$known->{leaves}};
    for my $column (keys %{$values{$agency->{id}}}) { delete $values{$agency->{id}}{$column} if $elsewhere{$column =~ s/\.[^.]*$//r} }
  }
  my $folder = mend($text, \@list, $known, \%values) or return wrong('sound', 'no evidence that is accepted');
  my ($score, $why) = table($folder, 'score', \@list);
  my ($rank) = table($folder, 'rank', \@list);
  return wrong('sound', $why) if $why;
  $counts{ranked} += grep { $_->{rank} ne '' } values %$rank;
  check_points(\@list, $known, $score, $rank);
  check_better($text, \@list, $known, \%values, $up, $score);
  same_figures('files', $folder, [shuffled(@list)], $score, $rank);
  same_figures('agencies', write_folder($text, [shuffled(@list)], $known, \%values), \@list, $score, $rank);
  same_figures('criteria', write_folder(reordered($text), \@list, $known, \%values), \@list, $score, $rank);
  my $scaled = $text =~ s/^( *weight: )([\d.]+)(%?)$/$1 . $2 * 3 . $3/gmer;
  $scaled =~ s/^( *)combine: weighted$/$1combine: weighted\n$1weights: relative/gm if $scaled !~ /weights: relative/;
  same_figures('weights', write_folder($scaled, \@list, $known, \%values), \@list, $score, $rank) if $scaled ne $text;
  my ($one, $many) = map { join "\n", call($folder, 'score', \@list, '-j', $_), call($folder, 'rank', \@list, '-j', $_, '--format', 'json') } 1, 8;
  wrong('threads', 'differ') if $one ne $many;
}

my @shipped = sort glob("$top/criteria/*/criteria.yaml");
for my $path (@shipped) {
  ($name) = $path =~ m{([^/]+)/criteria.yaml$};
  my $text = slurp($path);
  my ($said) = $text =~ /^groups:(?: *\{(.*)\}|\n((?:  .*\n)+))/m ? ($1 // $2) : '';
  ($period) = map { /year/ ? ($text =~ /from: (\d{4})/ ? $1 + 1 : 2026) : '2026-01' } $text =~ /^period: (.*)/m;
  check_set($text, $path, betters_of($text), [$said =~ /(?:^|[{,\n])\s*([\w-]+): \{/g]);
}
($period, my %before) = (2026, %counts);
ok(@shipped >= 3 && $before{points} > 300, 'the shipped sets gave points', "@shipped", $before{points});
for my $n (1 .. $RANDOM) {
  $name = "set $n";
  my ($text, $up) = random_set($n);
  put("$tmp/set.yaml", $text);
  check_set($text, "$tmp/set.yaml", $up, [qw(g h)]);
}
print "# seed $seed: " . join(', ', map { "$_ $counts{$_}" } sort keys %counts) . "\n";
my @held = (sound => 'every set is sound and takes evidence', range => 'points stay within the range that is known of the rule', states => 'every criterion ends in one state, and the states add up',
            index => 'an index is from 0 to 100, but for what may be below 0 or is outside the total', better => 'better evidence does not lower a total', weights => 'weights may be multiplied by anything',
            files => 'the order of files changes nothing', agencies => 'nor that of agencies', criteria => 'nor that of criteria', threads => 'nor the number of threads');
while (my ($what, $words) = splice @held, 0, 2) { ok(!$wrong{$what}, $words, @{$wrong{$what} // []}) }
ok($counts{points} > 1500 && $counts{near_ends} > 100, 'enough points, and enough at the ends of their ranges');
ok($counts{better} > 60 && $counts{gained} > 30, 'enough that was better');
ok($counts{ranked} > 200, 'enough agencies were ranked');
done();
