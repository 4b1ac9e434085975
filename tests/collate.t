#!/usr/bin/perl
# Names in Vietnamese order: the keys of base/collate.c against Unicode::Collate::Locale, which ships with Perl and has the Unicode collation algorithm with CLDR's `vi`. The names
# are those of the shipped sets and made-up ones; the seed is fixed: ARI_SEED takes another.
use strict;
use warnings;
use utf8;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use Unicode::Collate::Locale;
use lib dirname(abs_path($0));
use Harness qw($top $out $ari $tmp ok done slurp put start finish);

my $seed = $ENV{ARI_SEED} // 20261123;
srand $seed;
# As ICU does it for `vi`: spaces and signs count (non-ignorable), three levels.
my $icu = Unicode::Collate::Locale->new(locale => 'vi', variable => 'non-ignorable', level => 3);
ok($icu->getlocale eq 'vi', 'there is an oracle for Vietnamese');

sub keys_of {
  my (@names) = @_;
  my $text = join '', map { "$_\n" } @names;
  utf8::encode($text);
  put("$tmp/names", $text);
  return split /\n/, `'$out/drivers/collate_driver' <'$tmp/names'`;
}

# Sorts by the oracle and looks whether every neighbour stands in the same relation by our keys.
sub check {
  my ($what, @names) = @_;
  my %seen;
  @names = grep { !$seen{$_}++ } @names;
  my @sorted = map { $_->[1] } sort { $a->[0] cmp $b->[0] } map { [$icu->getSortKey($_), $_] } @names;
  my @keys = keys_of(@sorted);
  my @bad;
  for my $i (1 .. $#sorted) {
    my ($want, $got) = ($icu->cmp($sorted[$i - 1], $sorted[$i]), $keys[$i - 1] cmp $keys[$i]);
    push @bad, "'$sorted[$i - 1]' and '$sorted[$i]': ICU $want, ari $got" if $want != $got;
  }
  utf8::encode($_) for @bad;
  ok(@keys == @sorted && !@bad, "$what: " . @sorted . ' names', @bad);
}

my @names;
for my $path (glob("$top/criteria/*/agencies.*"), glob("$top/criteria/*/criteria.yaml")) {
  my $text = slurp($path);
  utf8::decode($text);
  push @names, map { my $line = $_; map { s/^\s+|\s+$//gr } split /[,:]/, $line } split /\n/, $text;
}
@names = grep { /\pL/ && !/[^\x20-\x7e\x{c0}-\x{1b0}\x{1ea0}-\x{1ef9}]/ } @names;
check('the shipped sets', @names);

my @vowels = map { split // } qw(aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ);
my @starts = ('', qw(b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x f j w z));
my @ends = ('', '', qw(c ch m n ng nh p t i o u));
sub pick { $_[rand @_] }
sub syllable { my $s = pick(@starts) . pick(@vowels) . pick(@ends); my $how = rand; return $how < 0.4 ? ucfirst $s : $how < 0.5 ? uc $s : $s }
sub name { return join pick(' ', ' ', ' ', ' ', '-', ' - ', ', ', ' – ', '.', '/', ' (', '; ', '_', ': '), map { rand() < 0.1 ? int rand 130 : syllable() } 1 .. 1 + int rand 4 }
check('single syllables', map { syllable() } 1 .. 4000);
check("made-up names, seed $seed", map { name() } 1 .. 6000);
# Few letters, so that many names differ in tone or capitals only.
check('names that are nearly the same', map { join ' ', map { pick(qw(an àn Án ấn ân Ân ăn ẩn đan dan Đàn dàn)) } 1 .. 3 } 1 .. 3000);
check('the same names decomposed', map { Unicode::Normalize::NFD(name()) } 1 .. 1000);
my @same = keys_of('Sở Nội vụ', Unicode::Normalize::NFD('Sở Nội vụ'));
ok($same[0] eq $same[1], 'a name is itself however its letters are written');

# The index of a report is in that order.
my $set = 'criteria/service-quality-766';
finish(start($top, {}, $ari, 'report', '--charts', 'none', $set, "$set/example/evidence-2026-08.csv", '--period', '2026-08', '-o', "$tmp/report.html"));
my $html = slurp("$tmp/report.html");
utf8::decode($html);
my @index = ($html =~ /<details>(.*?)<\/details>/s)[0] =~ /<a href="#a\d+">([^<]*)<\/a>/g;
my @sorted = $icu->sort(@index);
ok(@index == 163 && "@index" eq "@sorted", 'the index of a report', scalar @index);
done();
