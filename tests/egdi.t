#!/usr/bin/perl
# The E-Government Development Index of the United Nations, 2016 and 2018, 193 states each: `combine: mean` of three components gives the
# published index and the published ranks. See tests/published/README.md.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use lib dirname($0);
use Readers qw(slurp csv_rows);

my $top = abs_path(dirname($0) . '/..');
my $ari = ($ENV{ARI_OUT} // '') . '/ari';
-x $ari or do { print "Bail out! $ari is not there: run through make\n"; exit 1 };
my $here = "$top/tests/published/egdi";
my $tmp = tempdir(CLEANUP => 1);
my $count = 0;

sub ok($$;@) {
  my ($good, $name, @why) = @_;
  $count++;
  print(($good ? '' : 'not '), "ok $count - $name\n");
  return if $good;
  print "# $_\n" for @why > 20 ? (@why[0 .. 19], '...') : @why;
}

sub write_file { my ($path, $text) = @_; open(my $f, '>', $path) or die "$path: $!"; print $f $text; close $f or die }

# Ranks are those of the index as it was published: with 5 decimals in 2016, with 4 in 2018.
my %decimals = (2016 => 5, 2018 => 4);
for my $year (sort keys %decimals) {
  my ($head, @states) = csv_rows(slurp("$here/egdi_$year.csv"));
  my %column = map { $head->[$_] => $_ } 0 .. $#$head;
  my $set = slurp("$here/criteria.yaml");
  $set =~ s/total: 4/total: $decimals{$year}/ or die;
  mkdir "$tmp/$year";
  write_file("$tmp/$year/criteria.yaml", $set);
  write_file("$tmp/$year/agencies.csv", "id,name,group\n" . join('', map { qq($_->[$column{code}],"$_->[$column{name}]",states\n) } @states));
  write_file("$tmp/$year/evidence.csv", "agency,services.value,people.value,networks.value\n" .
             join('', map { join(',', @$_[@column{qw(code osi hci tii)}]) . "\n" } @states));
  my $output = `'$ari' --lang en rank '$tmp/$year' '$tmp/$year/evidence.csv' --period $year --format csv 2>'$tmp/said'`;
  ok($? == 0 && slurp("$tmp/said") eq '', "$year is ranked without a word", slurp("$tmp/said"));
  my (undef, @rows) = csv_rows($output);
  my %got = map { $_->[1] => $_ } @rows;
  my @points = map {
    my ($want, $got) = ($_->[$column{egdi}], $got{$_->[$column{code}]}[3] // '');
    $got ne '' && abs($got - $want) < 0.00005 ? () : "$_->[$column{code}]: $got, published $want";
  } @states;
  my @ranks = map {
    my ($want, $got) = ($_->[$column{rank}], $got{$_->[$column{code}]}[0] // '');
    $got eq $want ? () : "$_->[$column{code}]: rank $got, published $want";
  } @states;
  ok(@states == 193 && @rows == 193, "$year: 193 states", scalar(@states), scalar(@rows));
  ok(!@points, "$year: every index is within 0.00005 of the published one", @points);
  ok(!@ranks, "$year: every rank is the published one", @ranks);
}

# (0.97216 + 0.92375 + 0.8177) / 3 and the words of explain: Denmark 2018.
my ($explained) = grep { /Mean:/ } split /\n/, `'$ari' --lang en explain '$tmp/2018' '$tmp/2018/evidence.csv' --period 2018 --agency DNK --criterion total`;
ok(($explained // '') eq '    Mean: (1 + 0.9472 + 0.7978) / 3 = 0.915', 'explain shows the mean', $explained // 'nothing');
print "1..$count\n";
