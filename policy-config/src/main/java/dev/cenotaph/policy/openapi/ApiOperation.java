package dev.cenotaph.policy.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import org.jspecify.annotations.Nullable;

/** One method of one path. */
record ApiOperation(ApiPath path, HttpMethod method, Operation operation) {

    String name() {
        return method.name();
    }

    /** A path has a method once, and what it does is costly to compare. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiOperation operation && path.equals(operation.path) && method == operation.method;
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + method.hashCode();
    }

    @Override
    public String toString() {
        return method + " " + path.text();
    }
}
