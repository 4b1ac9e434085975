#!/usr/bin/perl
# Holds the code to the rules of the house (src/README.md): direction of includes, what only one room may use, no floating point where a score is made,
# nothing of the outside world in the library, no writable globals.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);

my $top = abs_path(dirname($0) . '/..');
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my @rooms = qw(base yaml expr criteria evidence score store chart report cli);
my %place = map { $rooms[$_] => $_ } 0 .. $#rooms;
my ($count, @bad) = (0);

sub result { my ($name) = @_; $count++; print((@bad ? 'not ' : ''), "ok $count - $name\n"); print "# $_\n" for @bad; @bad = () }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or die "$path: $!"; local $/; return <$f> }

# The code without comments, and without strings where asked, line numbers kept.
sub code_of {
  my ($text, $keep_strings) = @_;
  $text =~ s{("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*(.*?)\*/|//[^\n]*}{
    defined $1 ? ($keep_strings ? $1 : '""') : do { my $c = $2 // ''; $c =~ s/[^\n]//g; $c } }gse;
  return $text;
}

my %file;   # path below src -> [room, text]
for my $room (@rooms) { $file{"$room/" . basename($_)} = [$room, slurp($_)] for glob("$top/src/$room/*.[ch]") }
$file{'main.c'} = ['cli', slurp("$top/src/main.c")];

sub each_line {
  my ($keep_strings, $look) = @_;
  for my $path (sort keys %file) {
    my ($room, $text) = @{$file{$path}};
    my $n = 0;
    $look->($path, $room, ++$n, $_) for split /\n/, code_of($text, $keep_strings);
  }
}

each_line(1, sub {
  my ($path, $room, $n, $line) = @_;
  return unless $line =~ /^\s*#\s*include\s+"([^"]+)"/;
  my $inc = $1;
  return if $inc eq 'ari.h' || $inc eq "$room.h" || $inc eq 'inside.h' || $inc =~ m{^(?:codes|words)\.def$} && $room eq 'base';
  return if $path eq 'main.c' && $inc eq 'cli/cli.h';
  my ($other, $name) = $inc =~ m{^(\w+)/(\w+)\.h$};
  push @bad, "$path:$n includes $inc" unless defined $other && $other eq $name && exists $place{$other} && $place{$other} < $place{$room} && $room ne 'cli';
});
result('a room includes its own header and those of rooms to its left');

push @bad, sort grep { /\.h$/ && !m{^(\w+)/(?:\1|inside)\.h$} } keys %file;
result('a room has a header for others, named as the room, and one for its own files');

push @bad, map { "$_ has 500 lines or more" } grep { ($file{$_}[1] =~ tr/\n//) >= 500 } sort keys %file;
result('no file has 500 lines or more');

my %only = ('gmp.h' => 'base', 'utf8proc.h' => 'base', 'sodium.h' => 'base', 'yaml.h' => 'yaml', 'sqlite3.h' => 'store', 'pthread.h' => 'evidence', 'zlib.h' => 'base', 'xlsxwriter.h' => 'report', 'zip.h' => 'base', 'expat.h' => 'evidence');
each_line(1, sub {
  my ($path, $room, $n, $line) = @_;
  push @bad, "$path:$n includes <$1>" if $line =~ /#\s*include\s+<([^>]+)>/ && exists $only{$1} && $only{$1} ne $room;
});
result('each outside library is used by its own room only');

each_line(0, sub {
  my ($path, $room, $n, $line) = @_;
  return if $path eq 'report/book_cells.c';   # a spreadsheet holds doubles; what goes into one is never read back as points
  push @bad, "$path:$n: $line" if $line =~ /\b(?:float|double|_Complex|strtod|strtof|atof|mpf_\w+|mpq_set_d|mpq_get_d|mpz_get_d)\b|\b(?:pow|sqrt|floor|ceil)l?\s*\(/;
});
result('no floating point where a score is made');

each_line(0, sub {
  my ($path, $room, $n, $line) = @_;
  push @bad, "$path:$n: $line" if $line =~ /\b(?:strcpy|strcat|sprintf|vsprintf|gets|system|popen|atoi|atol|strtok|alloca|setjmp|longjmp|setlocale|tmpnam|mktemp|rand|assert)\s*\(/;
});
result('no banned function');

each_line(0, sub {
  my ($path, $room, $n, $line) = @_;
  return if $room eq 'cli';
  push @bad, "$path:$n: $line" if $line =~ /\b(?:printf|puts|putchar|perror|exit|_Exit|abort|getenv|secure_getenv|time|isatty|signal)\s*\(|\b(?:stdout|stderr|stdin|environ)\b/;
});
result('the library never prints, exits, or looks at environment, clock or terminal');

each_line(0, sub {
  my ($path, $room, $n, $line) = @_;
  return if $room eq 'base' || $room eq 'cli';
  push @bad, "$path:$n: $line" if $line =~ /(?<![\w>.])(?:malloc|calloc|realloc|free|strdup|strndup|fopen|open|openat|creat|unlink|rename|mkdir|fork|execve|execv|waitpid|kill)\s*\(/;
});
result('memory, files and processes come from base only');

my %symbol;
for (split /\n/, `nm -g --defined-only '$out/libari.a' 2>/dev/null`) { $symbol{$1} = 1 if /^[0-9a-f]+ [A-Z] (\S+)$/ }
push @bad, 'nm and objdump show nothing' unless %symbol && `objdump -t '$out/libari.a'` =~ /\.text/;
push @bad, sort grep { !/^ari_/ } keys %symbol;
result('every exported symbol begins with ari_');

my $object = '';
for (split /\n/, `objdump -t '$out/libari.a' 2>/dev/null`) {
  $object = $1 if /^(\S+\.o):/;
  # .data.rel.ro holds constant tables of pointers; num.o has what GMP falls back on when memory runs out
  push @bad, "$object: $2" if /\s(\.data|\.bss|\.tdata|\.tbss|\*COM\*|\.data\.(?!rel\.ro)\S+)\s+[0-9a-f]+\s+(\S+)$/ && $2 !~ /^\./ && $object ne 'num.o';
}
result('no writable globals');

my $header = slurp("$top/include/ari.h");
push @bad, 'include/ari.h has 500 lines or more' if ($header =~ tr/\n//) >= 500;
opendir(my $d, $top) or die;
push @bad, "top level: $_" for sort grep { !/^\./ && !/^(?:src|include|criteria|tests|plots|Makefile|README\.md)$/ } readdir $d;
result('the shape of the house');

my %used = ();
for my $path (keys %file) { $used{$1} = 1 while $file{$path}[1] =~ /\bARI_([EWF]\d{4})\b/g }
my %seen;
my $last = '';
for my $code (slurp("$top/src/base/codes.def") =~ /^CODE\((\w+),/mg) {
  push @bad, "$code stands twice" if $seen{$code}++;
  push @bad, "$code is told by nothing" unless $used{$code};
}
my %number;
for (keys %seen) { my ($n) = /(\d+)/; push @bad, "the number $n is used by $number{$n} and $_" if $number{$n}; $number{$n} = $_ }
result('every code is used somewhere and has a number of its own');

print "1..$count\n";
