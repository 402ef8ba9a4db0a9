package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One path of a document.
 *
 * @param text as it stands in the document
 * @param base the path of its server, without a last slash, in front of it on the wire
 * @param template the whole path in the words of a policy; empty where a policy cannot say it
 */
record ApiPath(String text, String base, PathItem item, Optional<PathTemplate> template) {

    Optional<ApiOperation> operation(HttpMethod method) {
        Operation operation = item.readOperationsMap().get(method);
        return Optional.ofNullable(operation).map(its -> new ApiOperation(this, method, its));
    }

    List<ApiOperation> operations() {
        var operations = new ArrayList<ApiOperation>();
        item.readOperationsMap().forEach((method, its) -> operations.add(new ApiOperation(this, method, its)));
        return operations;
    }

    /** Whether it names one of many. */
    boolean endsInVariable() {
        return text.matches(".*}[^/]*/?");
    }

    /** As it goes over the wire, variables still in braces. */
    String whole() {
        return base + text;
    }

    /** A document has a path once, and its operations are costly to compare. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiPath path && text.equals(path.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
