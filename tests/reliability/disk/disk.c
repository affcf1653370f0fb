/*
 * A disk between a process and the kernel, loaded by LD_PRELOAD. It looks only at files under BRACKET_DISK_ROOT:
 *
 *   BRACKET_DISK_JOURNAL  writes down everything that is done to them, and what is said on stdout, in one order
 *   BRACKET_DISK_DATA=0   the journal leaves the written bytes out
 *   BRACKET_DISK_KILL     SIGKILL instead of the n-th act
 *   BRACKET_DISK_TEAR=1   and if that act is a write, half of it first
 *   BRACKET_DISK_FULL     the n-th write and all later ones find no room
 *
 * The journal is what a power cut is made of (powerCut.ts): which writes had been synced when the light went out.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, RMDIR, SAID };

struct head {
  uint32_t op;
  uint32_t path_length;
  uint64_t offset;
  uint64_t length;
};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int journal = -1;
static int with_data = 1;
static int tear;
static long kill_at;
static long full_at;
static long acts;
static long writes;

static long number(const char *name) {
  const char *text = getenv(name);
  return text == NULL ? 0 : atol(text);
}

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("BRACKET_DISK_JOURNAL");
  const char *data = getenv("BRACKET_DISK_DATA");
  kill_at = number("BRACKET_DISK_KILL");
  full_at = number("BRACKET_DISK_FULL");
  tear = number("BRACKET_DISK_TEAR") != 0;
  with_data = data == NULL || data[0] != '0';
  if (path != NULL) journal = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  root = getenv("BRACKET_DISK_ROOT");
  root_length = root == NULL ? 0 : strlen(root);
}

static int inside(const char *path) {
  return root != NULL && path != NULL && strncmp(path, root, root_length) == 0 &&
         (path[root_length] == '/' || path[root_length] == '\0');
}

/* The path of an open file, if it is one of ours. */
static int ours(int fd, char *path) {
  char link[64];
  ssize_t length;
  int saved = errno;
  if (root == NULL || fd < 0) return 0;
  strcpy(link, "/proc/self/fd/");
  char *end = link + strlen(link);
  char digits[16];
  int n = 0, rest = fd;
  do digits[n++] = (char)('0' + rest % 10); while ((rest /= 10) > 0);
  while (n > 0) *end++ = digits[--n];
  *end = '\0';
  length = syscall(SYS_readlinkat, AT_FDCWD, link, path, 4095);
  errno = saved;
  if (length <= 0) return 0;
  path[length] = '\0';
  return inside(path);
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = syscall(SYS_write, journal, at, length);
    if (done < 0) {
      if (errno == EINTR) continue;
      /* A journal with a gap would prove nothing. */
      abort();
    }
    at += done;
    length -= (size_t)done;
  }
}

static void note(uint32_t op, const char *path, uint64_t offset, const void *data, uint64_t length) {
  int saved = errno;
  if (journal >= 0) {
    struct head head = {op, (uint32_t)strlen(path), offset, op == WRITE && !with_data ? 0 : length};
    put(&head, sizeof head);
    put(path, head.path_length);
    if (head.length > 0) put(data, head.length);
  }
  errno = saved;
}

static int last_act(void) {
  acts += 1;
  return kill_at > 0 && acts == kill_at;
}

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

#define LOCK pthread_mutex_lock(&turn)
#define UNLOCK                        \
  do {                                \
    int kept = errno;                 \
    pthread_mutex_unlock(&turn);      \
    errno = kept;                     \
  } while (0)

static int opened(int directory, const char *path, int flags, mode_t mode) {
  struct stat facts;
  int fd, there;
  if (!inside(path) || (flags & (O_CREAT | O_TRUNC)) == 0) {
    return (int)syscall(SYS_openat, directory, path, flags, mode);
  }
  LOCK;
  there = syscall(SYS_newfstatat, AT_FDCWD, path, &facts, AT_SYMLINK_NOFOLLOW) == 0;
  if ((!there || (flags & O_TRUNC) != 0) && last_act()) die();
  fd = (int)syscall(SYS_openat, directory, path, flags, mode);
  if (fd >= 0 && !there) note(CREATE, path, 0, NULL, 0);
  else if (fd >= 0 && (flags & O_TRUNC) != 0) note(TRUNCATE, path, 0, NULL, 0);
  UNLOCK;
  return fd;
}

#define MODE(flags, mode)                         \
  mode_t mode = 0;                                \
  if (((flags) & (O_CREAT | O_TMPFILE)) != 0) {   \
    va_list rest;                                 \
    va_start(rest, flags);                        \
    mode = va_arg(rest, mode_t);                  \
    va_end(rest);                                 \
  }

int open(const char *path, int flags, ...) {
  MODE(flags, mode)
  return opened(AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE(flags, mode)
  return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}
int openat(int directory, const char *path, int flags, ...) {
  MODE(flags, mode)
  return opened(directory, path, flags, mode);
}
int openat64(int directory, const char *path, int flags, ...) {
  MODE(flags, mode)
  return opened(directory, path, flags | O_LARGEFILE, mode);
}

static ssize_t written(int fd, const void *data, size_t length, int64_t offset) {
  char path[4096];
  ssize_t done;
  int mine = ours(fd, path);
  if (!mine && (fd != 1 || journal < 0)) {
    return offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
  }
  LOCK;
  if (mine) {
    writes += 1;
    if (full_at > 0 && writes >= full_at) {
      errno = ENOSPC;
      UNLOCK;
      return -1;
    }
    if (last_act()) {
      size_t half = tear ? length / 2 : 0;
      if (half > 0 && offset < 0) syscall(SYS_write, fd, data, half);
      else if (half > 0) syscall(SYS_pwrite64, fd, data, half, offset);
      die();
    }
  }
  done = offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
  if (done > 0) {
    int64_t at = offset;
    if (mine && at < 0) at = syscall(SYS_lseek, fd, 0, SEEK_CUR) - done;
    note(mine ? WRITE : SAID, mine ? path : "", at < 0 ? 0 : (uint64_t)at, data, (uint64_t)done);
  }
  UNLOCK;
  return done;
}

ssize_t write(int fd, const void *data, size_t length) { return written(fd, data, length, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return written(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return written(fd, data, length, offset); }

static ssize_t gathered(int fd, const struct iovec *parts, int count, int64_t offset) {
  ssize_t sum = 0;
  for (int n = 0; n < count; n += 1) {
    if (parts[n].iov_len == 0) continue;
    ssize_t done = written(fd, parts[n].iov_base, parts[n].iov_len, offset < 0 ? -1 : offset + sum);
    if (done < 0) return sum > 0 ? sum : -1;
    sum += done;
    if ((size_t)done < parts[n].iov_len) break;
  }
  return sum;
}

static ssize_t vector(int fd, const struct iovec *parts, int count, int64_t offset) {
  char path[4096];
  if (ours(fd, path)) return gathered(fd, parts, count, offset);
  return offset < 0 ? syscall(SYS_writev, fd, parts, count)
                    : syscall(SYS_pwritev, fd, parts, count, (long)offset, (long)(offset >> 32 >> 32));
}

ssize_t writev(int fd, const struct iovec *parts, int count) { return vector(fd, parts, count, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) { return vector(fd, parts, count, offset); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  return vector(fd, parts, count, offset);
}

static int truncated(int fd, off64_t size) {
  char path[4096];
  int done;
  if (!ours(fd, path)) return (int)syscall(SYS_ftruncate, fd, size);
  LOCK;
  if (last_act()) die();
  done = (int)syscall(SYS_ftruncate, fd, size);
  if (done == 0) note(TRUNCATE, path, (uint64_t)size, NULL, 0);
  UNLOCK;
  return done;
}
int ftruncate(int fd, off_t size) { return truncated(fd, size); }
int ftruncate64(int fd, off64_t size) { return truncated(fd, size); }

static int synced(int fd, long call) {
  char path[4096];
  int done;
  if (!ours(fd, path)) return (int)syscall(call, fd);
  LOCK;
  if (last_act()) die();
  done = (int)syscall(call, fd);
  if (done == 0) note(SYNC, path, 0, NULL, 0);
  UNLOCK;
  return done;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int rename(const char *from, const char *to) {
  int done;
  if (!inside(from) && !inside(to)) return (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  LOCK;
  if (last_act()) die();
  done = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  if (done == 0) note(RENAME, from, 0, to, strlen(to));
  UNLOCK;
  return done;
}

static int named(const char *path, uint32_t op, long flags, mode_t mode) {
  int done;
  int mine = inside(path);
  if (mine) {
    LOCK;
    if (last_act()) die();
  }
  done = (int)(op == MKDIR ? syscall(SYS_mkdirat, AT_FDCWD, path, mode) : syscall(SYS_unlinkat, AT_FDCWD, path, flags));
  if (mine) {
    if (done == 0) note(op, path, 0, NULL, 0);
    UNLOCK;
  }
  return done;
}
int unlink(const char *path) { return named(path, UNLINK, 0, 0); }
int rmdir(const char *path) { return named(path, RMDIR, AT_REMOVEDIR, 0); }
int mkdir(const char *path, mode_t mode) { return named(path, MKDIR, 0, mode); }
