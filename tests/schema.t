#!/usr/bin/perl
# `ari schema`: the schemas are JSON, know every key of every table, take every file that ari takes and refuse what the tables refuse; the files in
# criteria/schema are what the program prints. A file is looked at as an editor does: plain scalars have types (YAML 1.2).
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use JSON::PP;

my $top = abs_path(dirname($0) . '/..');
my $out = $ENV{ARI_OUT} or die "ARI_OUT is not set: run through make\n";
my ($ari, $driver) = ("$out/ari", "$out/drivers/yaml_json");
my @kinds = qw(criteria agencies evidence survey appraisal explanation);
my $count = 0;

sub ok($$;@) { my ($good, $name, @why) = @_; $count++; print(($good ? '' : 'not '), "ok $count - $name\n"); $good or print map { "# $_\n" } @why > 20 ? (@why[0 .. 19], '...') : @why }
sub slurp { my ($path) = @_; open(my $f, '<:raw', $path) or return ''; local $/; return scalar(<$f>) // '' }
# All that a program says on stdout, and its status.
sub said { my (@words) = @_; my $text = do { open(my $p, '-|', @words) or die "$words[0]: $!"; local $/; <$p> // '' }; return $text }

# ---- a validator of the keywords that occur --------------------------------------------------------------------------------

my %annotation = map { $_ => 1 } qw($schema title description definitions);

# What an editor makes of a scalar.
sub type_of {
  my ($v) = @_;
  return 'object' if ref $v eq 'HASH';
  return 'array' if ref $v eq 'ARRAY';
  my ($mark, $text) = $v =~ /^([pq]):(.*)$/s;
  return 'string' if $mark eq 'q';
  return 'null' if $text =~ /^(?:|~|null|Null|NULL)$/;
  return 'boolean' if $text =~ /^(?:true|True|TRUE|false|False|FALSE)$/;
  return 'integer' if $text =~ /^[-+]?[0-9]+$/;
  return 'number' if $text =~ /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
  return 'string';
}

my %keyword = (
  type => sub { my ($is, $v) = @_; my $t = type_of($v); grep { $_ eq $t || ($_ eq 'number' && $t eq 'integer') } ref $is ? @$is : $is },
  enum => sub { my ($is, $v) = @_; type_of($v) eq 'string' && grep { $_ eq substr($v, 2) } @$is },
  pattern => sub { my ($is, $v) = @_; type_of($v) ne 'string' || substr($v, 2) =~ /$is/ },
  minimum => sub { my ($is, $v) = @_; type_of($v) !~ /^(?:integer|number)$/ || substr($v, 2) >= $is },
  maximum => sub { my ($is, $v) = @_; type_of($v) !~ /^(?:integer|number)$/ || substr($v, 2) <= $is },
  minItems => sub { my ($is, $v) = @_; ref $v ne 'ARRAY' || @$v >= $is },
  minProperties => sub { my ($is, $v) = @_; ref $v ne 'HASH' || keys %$v >= $is },
  required => sub { my ($is, $v) = @_; ref $v ne 'HASH' || !grep { !exists $v->{$_} } @$is },
  propertyNames => sub { my ($is, $v, $root) = @_; ref $v ne 'HASH' || !grep { wrong($is, "q:$_", $root) } keys %$v },
  items => sub { my ($is, $v, $root, $why) = @_; ref $v ne 'ARRAY' || !grep { wrong($is, $_, $root, $why) } @$v },
  properties => sub { my ($is, $v, $root, $why) = @_; ref $v ne 'HASH' || !grep { exists $is->{$_} && wrong($is->{$_}, $v->{$_}, $root, $why, $_) } keys %$v },
  anyOf => sub { my ($is, $v, $root) = @_; grep { !wrong($_, $v, $root) } @$is },
  oneOf => sub { my ($is, $v, $root) = @_; 1 == grep { !wrong($_, $v, $root) } @$is },
  '$ref' => sub { my ($is, $v, $root, $why) = @_; my ($name) = $is =~ m{^#/definitions/(\w+)$} or die $is; !wrong($root->{definitions}{$name}, $v, $root, $why) },
);

# What is wrong with a value, as a text; '' when nothing is.
sub wrong {
  my ($schema, $v, $root, $why, $at) = @_;
  $at //= '';
  for my $word (sort keys %$schema) {
    next if $annotation{$word};
    my $good;
    if ($word eq 'additionalProperties') {
      my @others = ref $v eq 'HASH' ? grep { !exists $schema->{properties}{$_} } keys %$v : ();
      $good = ref $schema->{$word} eq 'HASH' ? !grep { wrong($schema->{$word}, $v->{$_}, $root, $why, $_) } @others : !@others;
    } else {
      my $look = $keyword{$word} or die "the validator does not know '$word'";
      $good = $look->($schema->{$word}, $v, $root, $why);
    }
    next if $good;
    push @$why, "$at: $word" if $why;
    return 1;
  }
  return 0;
}

# ---- the schemas -------------------------------------------------------------------------------------------------------------

my (%schema, %row);   # kind -> the schema; kind, language, key and description -> there
sub walk {
  my ($kind, $lang, $s, $bare) = @_;
  if (ref $s eq 'ARRAY') { walk($kind, $lang, $_, $bare) for @$s; return }
  return unless ref $s eq 'HASH';
  for my $key (keys %{$s->{properties} // {}}) {
    my $p = $s->{properties}{$key};
    $row{$lang}{"$key: " . ($p->{description} // '')} = 1;
    push @$bare, "$kind: $key" unless grep { exists $p->{$_} } qw(type enum anyOf oneOf $ref);
  }
  walk($kind, $lang, $_, $bare) for map { ref $_ eq 'HASH' && !exists $s->{'$ref'} ? $_ : ref $_ eq 'ARRAY' ? $_ : () } map { $s->{$_} } grep { $_ ne 'properties' && $_ ne 'definitions' } keys %$s;
  walk($kind, $lang, $_, $bare) for map { values %{$s->{$_} // {}} } qw(properties definitions);
}

my @bare;
for my $kind (@kinds) {
  for my $lang ('vi', 'en') {
    my $text = said($ari, '--lang', $lang, 'schema', $kind);
    my $got = eval { JSON::PP->new->utf8->decode($text) };
    ok($got && $got->{'$schema'} eq 'http://json-schema.org/draft-07/schema#', "$kind in $lang is JSON", $@);
    walk($kind, $lang, $got, \@bare);
    $schema{$kind} = $got;
    next if $lang eq 'en';
    ok($text eq slurp("$top/criteria/schema/$kind.json"), "criteria/schema/$kind.json is what 'ari schema $kind' prints ('make golden' writes it)");
  }
}
ok(!@bare, 'every key has a shape', @bare);

# Every row of every table, by its key and what it is for, in both languages. C texts have no escapes but \".
my @lost;
my $rows = 0;
for my $path (glob("$top/src/{criteria,evidence,yaml}/*.[ch]")) {
  my $text = slurp($path) =~ s/\\\n/ /gr;
  while ($text =~ /\.key = "(\w+)", \.type(.*?)(?=\.key = |\z)/gs) {
    my ($key, $rest) = ($1, $2);
    $rows++;
    for my $lang ('vi', 'en') {
      my ($what) = $rest =~ /\.$lang = "((?:[^"\\]|\\.)*)"/ or do { push @lost, basename($path) . ": $key has no .$lang"; next };
      utf8::decode(my $name = "$key: " . $what =~ s/\\"/"/gr);
      push @lost, basename($path) . ": $key ($lang)" unless $row{$lang}{$name};
    }
  }
}
binmode STDOUT, ':utf8';
ok($rows > 60 && !@lost, "all $rows rows of the tables stand in the schemas", @lost);

# ---- files -------------------------------------------------------------------------------------------------------------------

# The kind, and what is wrong with a file: undef when ari sees no map in it.
sub judge {
  my ($path) = @_;
  my $value = JSON::PP->new->utf8->allow_nonref->decode(said($driver, $path)) // return ('', undef);
  my ($kind) = ($value->{ari} // '') =~ m{^[pq]:(\w+)/};
  return ('', undef) unless $kind && $schema{$kind};
  my @why;
  wrong($schema{$kind}, $value, $schema{$kind}, \@why);
  return ($kind, \@why);
}

for my $path (glob("$top/criteria/*/*.yaml"), glob("$top/criteria/*/example/*.yaml $top/criteria/*/round/*.yaml")) {
  my ($kind, $why) = judge($path);
  my $name = $path =~ s{^\Q$top\E/}{}r;
  ok($why && !@$why, "$name is as its schema says", @{$why // []});
  my ($named) = slurp($path) =~ /\A# yaml-language-server: \$schema=(\S+)\n/;
  ok($named && -f dirname($path) . "/$named" && basename($named) eq "$kind.json", "$name names it");
}

# What the tables refuse, the schema refuses too. Not among them: codes of a place that no table knows (E0147, E0151) or that hold for a few texts only.
my $by_table = qr/error\[(E0139|E014[0-689]|E0150|E015[2-9]|E0201|E021[1-4])\]/;
my ($taken, $refused, @bad) = (0, 0);
for my $path (glob("$top/tests/golden/*/*.yaml $top/tests/data/*/*.yaml")) {
  my ($kind, $why) = judge($path);
  next unless $why;
  my $name = $path =~ s{^\Q$top\E/tests/}{}r;
  my $set = dirname($path) . '/criteria.yaml';
  my $text = said('/bin/sh', '-c', '"$@" 2>&1', 'sh', $ari, '--lang', 'en', 'check', ($kind eq 'evidence' && -f $set ? ($set, $path) : $path));
  if ($text !~ /error\[/) {
    $taken++;
    push @bad, "$name is fine to ari: @$why" if @$why;
  } elsif ($kind eq 'criteria' && $text =~ $by_table) {
    my $code = $1;
    $refused++;
    push @bad, "$name is fine to the schema: $code" unless @$why;
  }
}
ok(!@bad && $taken > 50 && $refused > 15, "$taken files that ari takes are taken, $refused that its tables refuse are refused", @bad);

print "1..$count\n";
