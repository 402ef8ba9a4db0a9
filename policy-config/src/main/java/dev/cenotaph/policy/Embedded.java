package dev.cenotaph.policy;

import java.util.List;
import java.util.Optional;

/**
 * Items of a resource inside the answers of another path.
 *
 * @param path of those answers, governed or not; a variable with the name of a parent's is that parent's id
 */
public record Embedded(PathTemplate path, Where where, Trashed trashed) {

    /** Where the items sit in a body. */
    public sealed interface Where {

        /**
         * At places of the body. The token {@code *} means every element of an array and every member of an object; where
         * a whole array stands, its elements are meant.
         *
         * @param row from what stands there to the item itself
         * @param id where the item holds its id there; empty for where it does in the resource itself
         */
        record At(List<Place> places, Place row, Optional<Place> id) implements Where {
            public At {
                places = List.copyOf(places);
            }
        }

        /** In a JSON:API document: its resource objects of this type, and all linkage to them. */
        record JsonApi(String type) implements Where {}
    }

    /** What becomes of a trashed item there. */
    public enum Trashed {
        /** The element or member goes. */
        STRIP,
        /** {@code null} stands for it. */
        NULL,
        /** It stays as it is. */
        KEEP,
        /** Its id stays, and a word that it is trashed. */
        STUB
    }
}
