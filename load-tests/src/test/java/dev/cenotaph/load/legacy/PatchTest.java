package dev.cenotaph.load.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatchTest {
    /** The objects of RFC 7396, appendix A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} | {\"a\":null} | {}",
                "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
                "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
                "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
                "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
                "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
                "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}"
            })
    void mergePatchMerges(String target, String patch, String result) {
        assertThat(MergePatch.apply(
                        JsonReader.object(JsonReader.read(target)), JsonReader.object(JsonReader.read(patch))))
                .hasToString(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1} | {\"op\":\"add\",\"path\":\"/b\",\"value\":2.0} | {\"a\":1,\"b\":2.0}",
                "{\"a\":1,\"b\":2} | {\"op\":\"add\",\"path\":\"/a\",\"value\":3} | {\"a\":3,\"b\":2}",
                "{\"a\":[1,2]} | {\"op\":\"add\",\"path\":\"/a/1\",\"value\":9} | {\"a\":[1,9,2]}",
                "{\"a\":[1,2]} | {\"op\":\"add\",\"path\":\"/a/-\",\"value\":9} | {\"a\":[1,2,9]}",
                "{\"a\":[1,2]} | {\"op\":\"remove\",\"path\":\"/a/0\"} | {\"a\":[2]}",
                "{\"a\":{\"b\":1,\"c\":2}} | {\"op\":\"remove\",\"path\":\"/a/b\"} | {\"a\":{\"c\":2}}",
                "{\"a/b\":1,\"m~n\":2} | {\"op\":\"replace\",\"path\":\"/m~0n\",\"value\":3} | {\"a/b\":1,\"m~n\":3}",
                "{\"a/b\":1} | {\"op\":\"replace\",\"path\":\"/a~1b\",\"value\":[]} | {\"a/b\":[]}",
                "{\"a\":[{\"b\":1}]} | {\"op\":\"replace\",\"path\":\"/a/0/b\",\"value\":null} | {\"a\":[{\"b\":null}]}",
                "{\"a\":1.0} | {\"op\":\"test\",\"path\":\"/a\",\"value\":1} | {\"a\":1.0}"
            })
    void jsonPatchApplies(String target, String operation, String result) {
        assertThat(JsonPatch.apply(JsonReader.read(target), JsonReader.read("[" + operation + "]")))
                .hasToString(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"op\":\"test\",\"path\":\"/a\",\"value\":2} | 409",
                "{\"op\":\"replace\",\"path\":\"/missing\",\"value\":2} | 422",
                "{\"op\":\"remove\",\"path\":\"/list/7\"} | 422",
                "{\"op\":\"add\",\"path\":\"/list/01\",\"value\":2} | 422",
                "{\"op\":\"add\",\"path\":\"/a/b\",\"value\":2} | 422",
                "{\"op\":\"remove\",\"path\":\"\"} | 422",
                "{\"op\":\"add\",\"path\":\"a\",\"value\":2} | 400",
                "{\"op\":\"add\",\"path\":\"/a\"} | 400",
                "{\"op\":\"move\",\"path\":\"/a\",\"from\":\"/list\"} | 400",
                "{\"path\":\"/a\"} | 400",
                "7 | 400"
            })
    void jsonPatchThatDoesNotApplyIsRefused(String operation, int status) {
        Json target = JsonReader.read("{\"a\":1,\"list\":[1]}");
        Json patch = JsonReader.read("[" + operation + "]");

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> JsonPatch.apply(target, patch));

        assertThat(refusal.answer().status()).isEqualTo(status);
    }
}
