#!/usr/bin/perl
# The password of a key as people type it, on a terminal (that of script(1)): what is typed is never shown, and the terminal shows again what is typed
# however the prompt ends.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use IPC::Open2 qw(open2);
use lib dirname(abs_path($0));
use Harness qw($ari $tmp ok done slurp put);

my $seconds = 60;
$SIG{$_} = 'DEFAULT' for qw(INT QUIT HUP TERM);   # whoever runs this in the background ignores some of them, and so would the program

# Runs a line of sh on a terminal; each answer is [what is awaited, what is typed then]. What the terminal showed.
sub talk {
  my ($line, @answers) = @_;
  my $pid = open2(my $out, my $in, 'script', '-qec', "cd $tmp; $line; echo \"[status \$?]\"; stty -a", '/dev/null');
  my ($shown, $from) = ('', 0);
  my $more = sub {
    my $bits = '';
    vec($bits, fileno $out, 1) = 1;
    return select($bits, undef, undef, $seconds) && sysread($out, $shown, 4096, length $shown);
  };
  for (@answers) {
    my ($want, $typed) = @$_;
    while (substr($shown, $from) !~ /$want/) { last unless $more->() }
    substr($shown, $from) =~ /$want/g and $from += pos(substr $shown, $from) // 0;
    $from = length $shown;
    syswrite $in, $typed;
  }
  1 while $more->();
  close $in;
  waitpid $pid, 0;
  return $shown;
}

my $own = abs_path($ari);
my $secret = 'mật khẩu rất dài';
my $shown = talk("$own key -o own --lang en", ['Password of the key: ', "$secret\n"], ['The same again: ', "$secret\n"]);
ok($shown =~ /Secret key, to be kept: own\.key/ && $shown =~ /\[status 0\]/ && -e "$tmp/own.key", 'a key is made with a password that was typed', $shown);
ok($shown !~ /\Q$secret\E/ && $shown =~ /(^|\s)echo\b/m, 'which was never shown, and the terminal shows again what is typed', $shown);

$shown = talk("$own key -o no --lang en", ['Password of the key: ', "one\n"], ['The same again: ', "two\n"], ['Password of the key: ', "\x04"]);
ok($shown =~ /The two passwords differ: type both again/ && $shown =~ /no password was typed/ && $shown =~ /\[status 2\]/ && !-e "$tmp/no.key" && $shown =~ /(^|\s)echo\b/m,
   'two that differ make none, and are asked for again; Ctrl-D ends it', $shown);
$shown = talk("$own key -o open --lang en", ['Password of the key: ', "one\n"], ['The same again: ', "two\n"], ['Password of the key: ', "\n"], ['The same again: ', "\n"]);
ok($shown =~ /The key has no password/ && $shown =~ /\[status 0\]/ && -e "$tmp/open.key", 'a key without a password is one that says so', $shown);
$shown = talk("$own key -o own --lang en");
ok($shown =~ /F0975/ && $shown =~ /own\.key/ && $shown !~ /Password/, 'what is there already is told before anybody types', $shown);
$shown = talk("$own key -o nowhere/k --lang en");
ok($shown =~ /F0002.*nowhere/ && $shown !~ /Password/, 'so is a folder that is not there', $shown);

mkdir "$tmp/set";
put("$tmp/set/criteria.yaml", <<'END');
ari: criteria/1
id: office
title: Office
period: year
rounding: {leaf: 2}
criteria:
  - {id: plan, max: 10, inputs: {made: yes_no}, score: {yes_no: made}}
END
put("$tmp/set/agencies.csv", "id,name,group\na1,Sở Một,g\n");
put("$tmp/a1.yaml", "ari: evidence/1\nset: office\nagency: a1\nperiod: 2026\nevidence:\n  plan: {made: yes}\n");
$shown = talk("$own pack set a1.yaml -o a1.zip --sign own.key --lang en", ['Password of the key: ', "wrong\n"]);
ok($shown =~ /E0999/ && $shown =~ /\[status 1\]/ && !-e "$tmp/a1.zip" && $shown !~ /wrong/, 'a wrong password is told, and nothing is packed', $shown);
$shown = talk("$own pack set a1.yaml -o a1.zip --sign own.key --lang en", ['Password of the key: ', "$secret\n"]);
ok($shown =~ /\[status 0\]/ && -e "$tmp/a1.zip.minisig", 'with the right one the package is signed', $shown);

for (['Ctrl-C', "\x03", 130], ['Ctrl-\\', "\x1C", 131]) {
  my ($name, $typed, $status) = @$_;
  # The shell of script would end with it; a shell between them does not.
  $shown = talk("trap : INT QUIT; sh -c 'trap - INT QUIT; exec $own key -o no --lang en'", ['Password of the key: ', $typed]);
  ok($shown =~ /\[status $status\]/ && $shown =~ /(^|\s)echo\b/m && !-e "$tmp/no.key", "after $name the terminal shows again what is typed", $shown);
}

done();
