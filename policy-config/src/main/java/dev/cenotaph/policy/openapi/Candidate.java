package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Variable;
import java.util.Optional;

/**
 * A DELETE of an item.
 *
 * @param delete the operation
 * @param item the item's template
 * @param collection the collection's template
 * @param collectionPath the collection as the document has it, where it has it
 */
record Candidate(ApiOperation delete, PathTemplate item, PathTemplate collection, Optional<ApiPath> collectionPath) {

    ApiPath itemPath() {
        return delete.path();
    }

    /** The last variable, which is the item's id. */
    Variable id() {
        return item.segments().reversed().stream()
                .filter(Variable.class::isInstance)
                .map(Variable.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Whether a template lies below the item, whatever its variables are called. */
    boolean isAbove(PathTemplate template) {
        return Candidates.isBelow(template, item);
    }
}
