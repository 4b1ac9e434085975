#!/usr/bin/perl
# Tiers. Random sets whose maxima, weights, policies and criteria differ by tier must give each agency what a set written for its tier alone
# gives it. A set with one named tier gives what it gives without, byte for byte. The seed is fixed: ARI_SEED takes another one.
use strict;
use warnings;
use File::Temp qw(tempdir);

my $ari = ($ENV{ARI_OUT} // '') . '/ari';
-x $ari or do { print "Bail out! $ari is not there: run through make\n"; exit 1 };
my $seed = $ENV{ARI_SEED} // 20260831;
my ($SETS, $AGENCIES) = (40, 4);
my $tmp = tempdir(CLEANUP => 1);
srand $seed;

my $count = 0;

sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  return if $good;
  print "# $_\n" for map { split /\n/ } @why;
}

sub pick { $_[rand @_] }
sub chance { rand() < $_[0] }

sub put {
  my ($path, $text) = @_;
  open my $f, '>', $path or die "$path: $!";
  print $f $text;
  close $f or die "$path: $!";
}

# Standard output and status; messages go to a file.
sub run {
  my $out = qx('$ari' @_ 2>'$tmp/messages');
  return $out . 'status ' . ($? >> 8) . "\n";
}

sub messages {
  open my $f, '<', "$tmp/messages" or die $!;
  local $/;
  return scalar <$f>;
}

# ---- a tree: {id, kids, there => {tier => 1}, granted => {tier => 1}} and what it says, each {tier => value} -------------------------------

my @tiers;   # all of the set

# The same for all tiers, or one for each that the node exists in.
sub by_tier {
  my ($node, @values) = @_;
  my $one = pick(@values);
  my $same = chance(0.5);
  return {map { $_ => $same ? $one : pick(@values) } @tiers};
}

sub choose_tiers {
  my ($node, $above) = @_;
  $node->{there} = {%{$above->{there}}};
  $node->{granted} = {%{$above->{granted}}};
  return if chance(0.5);
  my %listed = map { $_ => 1 } grep { $node->{there}{$_} && chance(0.6) } @tiers;
  return unless %listed;
  $node->{elsewhere} = chance(0.4) && grep { $node->{there}{$_} && !$listed{$_} } @tiers;   # there is somebody to have its maximum
  $node->{tiers} = [grep { $listed{$_} } @tiers];
  for my $t (grep { $node->{there}{$_} && !$listed{$_} } @tiers) {
    if ($node->{elsewhere}) { $node->{granted}{$t} = 1 }
    else { delete $node->{there}{$t} }
  }
}

sub make_node {
  my ($id, $level, $above) = @_;
  my $node = {id => $id};
  choose_tiers($node, $above) if $above;
  $node->{there} //= {map { $_ => 1 } @tiers};
  $node->{granted} //= {};
  $node->{missing} = by_tier($node, qw(zero unscored exclude spread withhold)) if chance(0.2);
  $node->{weight} = by_tier($node, qw(1 2 0.5 1/3));
  $node->{max} = by_tier($node, qw(1 4 2.5 10/3 20));
  if ($level == 3 || ($level && chance(0.5))) {
    $node->{empty} = by_tier($node, qw(zero full unscored exclude));
    $node->{rule} = pick('share: a / b', 'points: max * a / b', 'yes_no: a > b, yes: 50%, no: max');
    return $node;
  }
  $node->{combine} = pick(qw(sum sum weighted mean));
  $node->{kids} = [map { make_node($id eq 'total' ? "c$_" : "$id.$_", $level + 1, $node) } 1 .. 2 + int rand 3];
  for my $t (@tiers) {   # nothing below: it does not exist
    next if $level == 0 || !$node->{there}{$t} || grep { $_->{there}{$t} } @{$node->{kids}};
    delete $node->{there}{$t};
    delete $node->{missing};   # it would still have to speak of this tier
  }
  return $node;
}

# The value of one tier, or a map where it differs.
sub value_of {
  my ($node, $key, $only) = @_;
  my $of = $node->{$key};
  return $of->{$only} if $only;
  my @there = grep { $node->{there}{$_} } @tiers;
  my %seen = map { $of->{$_} => 1 } @there;
  my $all = @there == @tiers || $node->{tiers} || $key ne 'max';
  return $of->{$there[0]} if keys %seen == 1 && $all && chance(0.7);
  my $policy = $key eq 'missing' || $key eq 'empty';   # these have no word for what is not there
  return '{' . join(', ', map { $node->{there}{$_} ? "$_: $of->{$_}" : $policy ? () : "$_: none" } @tiers) . '}';
}

# The set as it is written: with tiers, or for one of them alone ($only).
sub yaml {
  my ($node, $pad, $only, $above) = @_;
  return '' if $only && !$node->{there}{$only};
  return '' if !$only && !%{$node->{there}};
  my $granted = $only && $node->{granted}{$only};
  my $text = "$pad- id: $node->{id}\n";
  my $in = "$pad  ";
  my $needs_max = !$node->{kids} || ($node->{combine} ne 'sum' && $above eq 'sum');
  $text .= "${in}max: " . value_of($node, 'max', $only) . "\n" if $needs_max;
  $text .= "${in}weight: " . value_of($node, 'weight', $only) . "\n" if $above eq 'weighted';
  $text .= "${in}missing: " . value_of($node, 'missing', $only) . "\n" if $node->{missing};
  if (!$only && $node->{tiers}) {
    my $bare = grep { !$node->{there}{$_} } @{$node->{tiers}};   # below some of them nothing is left
    $text .= "${in}tiers: [" . join(', ', grep { $node->{there}{$_} } @{$node->{tiers}}) . "]\n" unless $bare && $needs_max && !$node->{elsewhere};
    $text =~ s/(tiers: )\[\]/$1\[$node->{tiers}[0]]/;
    $text .= "${in}elsewhere: full\n" if $node->{elsewhere} && $text =~ /\Q$in\Etiers:/;
  }
  if ($node->{kids}) {
    $text .= "${in}combine: $node->{combine}\n";
    $text .= "${in}weights: relative\n" if $node->{combine} eq 'weighted';
    return $text . "${in}criteria:\n" . join '', map { yaml($_, "$in  ", $only, $node->{combine}) } @{$node->{kids}};
  }
  $text .= "${in}not_applicable: full\n" if $granted;   # which all its agencies claim
  $text .= "${in}empty: " . value_of($node, 'empty', $only) . "\n";
  return $text . "${in}inputs: {a: count, b: count}\n${in}score: {$node->{rule}}\n";
}

sub leaves {
  my ($node) = @_;
  return $node->{kids} ? map { leaves($_) } @{$node->{kids}} : $node;
}

sub set_text {
  my ($root, $only) = @_;
  my $text = "ari: criteria/1\nid: t\ntitle: T\nperiod: year\nrounding: {leaf: 2, node: 3}\n";
  $text .= "tiers: {" . join(', ', map { "$_: T$_" } @tiers) . "}\n" unless $only;
  $text .= "combine: $root->{combine}\n";
  $text .= "weights: relative\n" if $root->{combine} eq 'weighted';
  $text .= "max: " . value_of($root, 'max', $only) . "\n" if $root->{combine} ne 'sum';
  return $text . "criteria:\n" . join '', map { yaml($_, '  ', $only, $root->{combine}) } @{$root->{kids}};
}

sub rows_of {
  my ($csv, $tier) = @_;
  return join '', map { "$_\n" } grep { /^$tier\d/ } split /\n/, $csv;
}

# ---- a set by tiers against one for each tier ------------------------------------------------------------------------------------------------

my ($granted_rows, $absent_leaves, $warned) = (0, 0, 0);
for my $n (1 .. $SETS) {
  @tiers = chance(0.7) ? qw(dep com) : qw(dep com min);
  my $root = make_node('total', 0, undef);
  my ($core) = make_node('core', 3, {there => {map { $_ => 1 } @tiers}, granted => {}});
  $core->{there} = {map { $_ => 1 } @tiers};   # every tier has something
  $core->{granted} = {};
  delete @$core{qw(tiers elsewhere)};
  push @{$root->{kids}}, $core;
  my $dir = "$tmp/$n";
  mkdir $dir;
  mkdir "$dir/$_" for 'all', @tiers;
  my @leaves = grep { %{$_->{there}} } leaves($root);
  my $list = "id,name,group,tier\n";
  my $table = 'agency,' . join(',', map { ("$_->{id}.a", "$_->{id}.b") } @leaves) . "\n";
  my %own;
  for my $t (@tiers) {
    my @own = grep { $_->{there}{$t} && !$_->{granted}{$t} } @leaves;
    my @granted = grep { $_->{granted}{$t} && $_->{there}{$t} } @leaves;
    $own{$t} = join(',', 'agency', map({ ("$_->{id}.a", "$_->{id}.b") } @own), map { "$_->{id}.not_applicable" } @granted) . "\n";
    my $short = "id,name,group\n";
    for my $i (1 .. $AGENCIES) {
      $list .= "$t$i,N,$t,$t\n";
      $short .= "$t$i,N,$t\n";
      my %of = map { my $b = int rand 5; $_->{id} => $_ != $core && chance(0.15) ? ',' : int(rand($b + 1)) . ",$b" } @leaves;
      $own{$t} .= join(',', "$t$i", map({ $of{$_->{id}} } @own), map { 'elsewhere' } @granted) . "\n";
      my $other = chance(0.3);   # figures for criteria that its tier does not have
      $table .= "$t$i," . join(',', map { $_->{there}{$t} && !$_->{granted}{$t} || $other ? $of{$_->{id}} : ',' } @leaves) . "\n";
    }
    put("$dir/$t/agencies.csv", $short);
    put("$dir/$t/criteria.yaml", set_text($root, $t));
    put("$dir/$t.csv", $own{$t});
    $absent_leaves += grep { !$_->{there}{$t} } @leaves;
  }
  put("$dir/all/agencies.csv", $list);
  put("$dir/all/criteria.yaml", set_text($root, undef));
  put("$dir/all.csv", $table);
  my $all = run("score '$dir/all' '$dir/all.csv' --period 2026 --format csv --lang en");
  my $said = messages();
  my $ranks = run("rank '$dir/all' '$dir/all.csv' --period 2026 --format csv");
  $warned += () = $said =~ /W0443/g;
  ok($all =~ /status 0\n\z/, "set $n is scored", $all, $said, set_text($root, undef));
  for my $t (@tiers) {
    my $alone = run("score '$dir/$t' '$dir/$t.csv' --period 2026 --format csv --lang en");
    my $why = messages();
    my ($got, $want) = (rows_of($all, $t), rows_of($alone, $t));
    $granted_rows += () = $got =~ /,not_applicable,/g;
    ok($got eq $want && length $want, "set $n: tier $t", "got:\n$got", "alone:\n$want", $why, set_text($root, undef), set_text($root, $t));
    my $own = run("rank '$dir/$t' '$dir/$t.csv' --period 2026 --format csv");
    my @got = grep { /,$t\d,/ } split /\n/, $ranks;
    ok("@got" eq join(' ', grep { /,$t\d,/ } split /\n/, $own), "set $n: ranks of tier $t", @got, $own);
  }
}
ok($granted_rows > 20 && $absent_leaves > 20 && $warned > 20, "all of it happened: $granted_rows granted, $absent_leaves absent, $warned warned of");

# ---- one tier with a name ---------------------------------------------------------------------------------------------------------------------

for my $set (qw(service-quality-766 postal-service)) {
  my ($from) = "criteria/$set";
  my @evidence = glob "$from/example/*";
  my $text = do { local (@ARGV, $/) = "$from/criteria.yaml"; <> };
  mkdir "$tmp/$set";
  put("$tmp/$set/criteria.yaml", $text =~ s/^(ari:.*\n)/$1tiers: {only: Only}\n/r);
  my ($list) = glob "$from/agencies.*";
  my $agencies = do { local (@ARGV, $/) = $list; <> };
  if ($list =~ /csv$/) {
    my ($head, @rows) = split /\n/, $agencies;
    my @names = split /,/, $head;
    my ($column) = grep { $names[$_] eq 'tier' } 0 .. $#names;
    if (defined $column) { @rows = map { my @f = split /,/, $_, -1; $f[$column] = 'only'; join ',', @f } @rows }
    else { $head .= ',tier'; @rows = map { "$_,only" } @rows }
    $agencies = join "\n", $head, @rows, '';
  } else {
    $agencies =~ s/^ +tier:.*\n//mg;
    $agencies =~ s/^( *)- (\{?)(id: [^\s,]+)/$2 ? "$1- {$3, tier: only" : "$1- $3\n$1  tier: only"/mge;
  }
  put("$tmp/$set/" . ($list =~ /csv$/ ? 'agencies.csv' : 'agencies.yaml'), $agencies);
  my $files = join ' ', map { "'$_'" } grep { /\.(csv|yaml)$/ } @evidence;
  my ($period) = $text =~ /month/ ? '2026-08' : '2026';
  for my $how ('score --format csv', 'rank --format csv', 'rank --format json', 'rank') {
    my ($command, $format) = split / /, $how, 2;
    my $plain = run("$command '$from' $files --period $period " . ($format // ''));
    $plain = run("$command '$from' $files " . ($format // '')) unless $plain =~ /status 0/;
    my $named = run("$command '$tmp/$set' $files --period $period " . ($format // ''));
    $named = run("$command '$tmp/$set' $files " . ($format // '')) unless $named =~ /status 0/;
    ok($plain =~ /status 0/ && $plain eq $named, "$set: $how with one named tier", $plain, $named, messages());
  }
}
print "1..$count\n";
