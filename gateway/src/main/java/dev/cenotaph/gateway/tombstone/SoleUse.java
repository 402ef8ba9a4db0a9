package dev.cenotaph.gateway.tombstone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The right of one process alone to use a file, until it is given back or the process ends in whatever way. */
final class SoleUse implements AutoCloseable {
    /** Within a process the system's locks say nothing, and closing the file a second time would lift them. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path lockFile;
    private final FileChannel channel;

    private SoleUse(Path lockFile, FileChannel channel) {
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /**
     * Claims a file, by a lock on another one beside it that stays when this one is moved.
     *
     * @throws IOException if another process uses it, or this one does already
     */
    static SoleUse of(Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path lockFile = directory.toRealPath().resolve(file.getFileName() + ".lock");
        if (!HELD_HERE.add(lockFile)) {
            throw used(file);
        }
        try {
            return new SoleUse(lockFile, locked(file, lockFile));
        } catch (IOException | RuntimeException failed) {
            HELD_HERE.remove(lockFile);
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(lockFile);
    }

    private static FileChannel locked(Path file, Path lockFile) throws IOException {
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw used(file);
            }
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static IOException used(Path file) {
        return new IOException("Another gateway process uses " + file
                + ". A file has one user; to share tombstones among replicas, let cenotaph.store.url name a PostgreSQL"
                + " database");
    }
}
