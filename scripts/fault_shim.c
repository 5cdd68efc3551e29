/* A file system that fails: loaded before libc (LD_PRELOAD), it lets the n-th call that changes a folder fail, or that
 * and every later one, whoever makes it: Python, or RocksDB inside pyoxigraph. Calls elsewhere are let through.
 * fault_trials.py compiles it and arms it with faults_arm. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[4096];
static atomic_long calls;
static long failing;
static int code, for_good, log_file = -1;

/* Count calls on what is in a folder from now on. Call number nth fails with an error (0: none does), and with
 * ever all later ones; each call is written to log, if that is a file. */
void faults_arm(const char *under, long nth, int error, int ever, int log) {
  snprintf(folder, sizeof folder, "%s", under);
  failing = nth;
  code = error;
  for_good = ever;
  log_file = log;
  atomic_store(&calls, 0);
}

long faults_calls(void) { return atomic_load(&calls); }

static int fails(const char *what, const char *path) {
  size_t length = strlen(folder);
  if (!length || strncmp(path, folder, length)) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (log_file >= 0) {
    char line[4200];
    int size = snprintf(line, sizeof line, "%s %s\n", what, path);
    syscall(SYS_write, log_file, line, (size_t)size);
  }
  if (!failing || (number != failing && !(for_good && number > failing))) return 0;
  errno = code;
  return 1;
}

static int fails_at(const char *what, int file) {
  if (!*folder) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return fails(what, path);
}

#define CHANGES(type, name, what, number, parameters, ...) \
  type name parameters { return fails_at(what, file) ? -1 : (type)syscall(number, __VA_ARGS__); }

CHANGES(ssize_t, write, "write", SYS_write, (int file, const void *from, size_t size), file, from, size)
CHANGES(ssize_t, pwrite, "write", SYS_pwrite64, (int file, const void *from, size_t size, off_t at), file, from, size, at)
CHANGES(ssize_t, pwrite64, "write", SYS_pwrite64, (int file, const void *from, size_t size, off64_t at), file, from, size, at)
CHANGES(ssize_t, writev, "write", SYS_writev, (int file, const struct iovec *from, int count), file, from, count)
CHANGES(int, ftruncate, "write", SYS_ftruncate, (int file, off_t size), file, size)
CHANGES(int, ftruncate64, "write", SYS_ftruncate, (int file, off64_t size), file, size)
CHANGES(int, fallocate, "write", SYS_fallocate, (int file, int mode, off_t at, off_t size), file, mode, at, size)
CHANGES(int, fsync, "sync", SYS_fsync, (int file), file)
CHANGES(int, fdatasync, "sync", SYS_fdatasync, (int file), file)

int rename(const char *from, const char *to) { return fails("rename", to) ? -1 : renameat(AT_FDCWD, from, AT_FDCWD, to); }
int link(const char *from, const char *to) { return fails("make", to) ? -1 : linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int mkdir(const char *path, mode_t mode) { return fails("make", path) ? -1 : mkdirat(AT_FDCWD, path, mode); }

static int open_at(const char *path, int flags, va_list rest) {
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  if (flags & O_CREAT && fails("make", path)) return -1;
  return openat(AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = open_at(path, flags, rest);
  va_end(rest);
  return file;
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int file = open_at(path, flags | O_LARGEFILE, rest);
  va_end(rest);
  return file;
}
