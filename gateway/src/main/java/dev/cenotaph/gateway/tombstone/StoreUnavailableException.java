package dev.cenotaph.gateway.tombstone;

import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The tombstone store cannot be reached or cannot write. Nothing was changed, or, where the connection broke in a commit, a
 * change may be there that nobody was told of; memory shows it once the store can be read again.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailableException(String what) {
        super(what);
    }

    public StoreUnavailableException(String what, Throwable cause) {
        super(what, cause);
    }

    /** What the work gives; fails with this exception where the database does. */
    static <T> T unless(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException failed) {
            throw new StoreUnavailableException("The tombstone store cannot be reached or cannot write", failed);
        }
    }
}
