package dev.cenotaph.policy.marker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.ResourcePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientMarkerWriteTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "flag   | {\"is_trashed\":true} | TRASHES alone",
                "flag   | {\"is_tr\\u0061shed\":true} | TRASHES alone",
                "flag   | {\"is_trashed\":true,\"a\":1} | TRASHES",
                "flag   | {\"is_trashed\":false} | REVIVES alone",
                "flag   | {\"is_trashed\":null} | REVIVES alone",
                "flag   | {\"is_trashed\":false,\"is_trashed\":true} | TRASHES alone",
                "flag   | {\"is_trashed\":\"maybe\"} | UNREADABLE alone",
                "flag   | {\"a\":{\"is_trashed\":true}} | SILENT",
                "flag   | {} | SILENT",
                "flag   | 5 | SILENT",
                "flag   | {\"a\" | UNREADABLE",
                "time   | {\"deleted_at\":\"2026-11-22T10:00:00Z\"} | TRASHES alone",
                "time   | {\"deleted_at\":null,\"x\":0} | REVIVES",
                "status | {\"status\":\"archived\"} | TRASHES alone",
                "status | {\"status\":\"open\"} | REVIVES alone",
                "nested | {\"meta\":{\"gone\":true}} | TRASHES alone",
                "nested | {\"meta\":{\"gone\":false,\"x\":1}} | REVIVES",
                "nested | {\"meta\":null} | REVIVES alone",
                "nested | {\"meta\":{}} | SILENT",
                "nested | {\"meta\":{\"x\":1}} | SILENT",
                "list   | {\"fields\":[{\"key\":\"deleted\",\"value\":\"true\"}]} | TRASHES alone",
                "list   | {\"fields\":[{\"key\":\"a\"},{\"key\":\"deleted\",\"value\":\"true\"}]} | TRASHES",
                "list   | {\"fields\":[]} | REVIVES alone",
                "list   | {\"fields\":[{\"key\":\"a\"}]} | REVIVES",
                "list   | {\"name\":\"x\"} | SILENT",
            })
    void objects(String marker, String body, String expected) {
        ResourcePolicy policy = MarkerWriteTest.policy(marker, "JSON").policy();
        for (String type : List.of("application/json", "Application/Merge-Patch+JSON; charset=utf-8", "text/json")) {
            assertThat(read(policy, "PATCH", type, body)).isEqualTo(expected);
        }
        assertThat(text(ClientMarkerWrite.read(policy, "PUT", Optional.empty(), body.getBytes(UTF_8))))
                .isEqualTo(expected);
        assertThat(read(policy, "PATCH", "application/json-patch+json", body)).isEqualTo("UNREADABLE");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "flag   | [] | SILENT",
                "flag   | [{'op':'add','path':'/is_trashed','value':true}] | TRASHES alone",
                "flag   | [{'op':'replace','path':'/is_trashed','value':true}] | TRASHES alone",
                "flag   | [{'op':'replace','path':'/is_trashed','value':false}] | REVIVES alone",
                "flag   | [{'op':'remove','path':'/is_trashed'}] | REVIVES alone",
                "flag   | [{'op':'remove','path':'/is_trashed'},{'op':'remove','path':'/x'}] | REVIVES",
                "flag   | [{'op':'add','path':'/is_trashed','value':true},{'op':'add','path':'/a','value':1}] | TRASHES",
                "flag   | [{'op':'add','path':'/is_trashed','value':true},{'op':'remove','path':'/is_trashed'}] | REVIVES alone",
                "flag   | [{'op':'replace','path':'','value':{'is_trashed':true,'a':1}}] | TRASHES",
                "flag   | [{'op':'replace','path':'','value':{'a':1}}] | SILENT",
                "flag   | [{'op':'remove','path':''}] | REVIVES",
                "flag   | [{'op':'test','path':'/a','value':1},{'op':'remove','path':'/is_trashed'}] | REVIVES",
                "flag   | [{'op':'test','path':'/a','value':1}] | SILENT",
                "flag   | [{'op':'copy','from':'/a','path':'/b'}] | SILENT",
                "flag   | [{'op':'copy','from':'/a','path':'/is_trashed'}] | UNREADABLE",
                "flag   | [{'op':'move','from':'/is_trashed','path':'/b'}] | UNREADABLE",
                "flag   | [{'op':'move','path':'/b'}] | UNREADABLE",
                "flag   | [{'op':'add','path':'/is_trashed'}] | UNREADABLE",
                "flag   | [{'op':'add','path':'is_trashed','value':1}] | UNREADABLE",
                "flag   | [{'op':'what','path':'/a','value':1}] | UNREADABLE",
                "flag   | [{'op':'test','path':'/a'}] | UNREADABLE",
                "flag   | [{'path':'/a'}] | UNREADABLE",
                "flag   | [5] | UNREADABLE",
                "nested | [{'op':'add','path':'/meta','value':{'gone':true}}] | TRASHES alone",
                "nested | [{'op':'add','path':'/meta','value':null}] | REVIVES alone",
                "nested | [{'op':'remove','path':'/meta'}] | REVIVES",
                "list   | [{'op':'add','path':'/fields','value':[{'key':'deleted','value':'true'}]}] | TRASHES alone",
                "list   | [{'op':'add','path':'/fields/-','value':{'key':'deleted','value':'true'}}] | TRASHES alone",
                "list   | [{'op':'add','path':'/fields/-','value':{'key':'a'}}] | SILENT",
                "list   | [{'op':'replace','path':'/fields/0','value':{'key':'a'}}] | UNREADABLE",
                "list   | [{'op':'remove','path':'/fields/0'}] | UNREADABLE",
                "list   | [{'op':'remove','path':'/fields'}] | REVIVES",
                "list   | [{'op':'replace','path':'/fields/0/value','value':'true'}] | UNREADABLE",
                "list   | [{'op':'test','path':'/fields/0/key','value':'deleted'},{'op':'remove','path':'/fields/0'}] | REVIVES alone",
                "list   | [{'op':'test','path':'/fields/0/key','value':'deleted'},"
                        + "{'op':'add','path':'/fields/0/value','value':'true'}] | TRASHES alone",
                "list   | [{'op':'test','path':'/fields/0/key','value':'deleted'},"
                        + "{'op':'add','path':'/fields/0/key','value':'x'}] | UNREADABLE",
                "list   | [{'op':'test','path':'/fields/0/key','value':'a'},{'op':'remove','path':'/fields/0'}] | SILENT",
                "list   | [{'op':'test','path':'/fields/0/key','value':'a'},"
                        + "{'op':'replace','path':'/fields/0','value':{'key':'b'}}] | SILENT",
                "list   | [{'op':'test','path':'/fields/0/key','value':'a'},"
                        + "{'op':'replace','path':'/fields/0/value','value':'true'}] | SILENT",
            })
    void patches(String marker, String body, String expected) {
        ResourcePolicy policy = MarkerWriteTest.policy(marker, "JSON").policy();
        String json = body.replace('\'', '"');
        assertThat(read(policy, "PATCH", "application/json-patch+json", json)).isEqualTo(expected);
        assertThat(read(policy, "PATCH", "application/json", json)).isEqualTo(expected);
    }

    @Test
    void bodiesAreWrappedAndMarkersWrittenElsewhere() {
        ResourcePolicy policy =
                TestPolicy.with(TestPolicy.FLAG).wrap("order").at("gone").policy();
        assertThat(read(policy, "PUT", "application/json", "{\"order\":{\"gone\":true}}"))
                .isEqualTo("TRASHES alone");
        assertThat(read(policy, "PUT", "application/json", "{\"order\":{\"is_trashed\":false}}"))
                .isEqualTo("REVIVES alone");
        assertThat(read(policy, "PUT", "application/json", "{\"order\":{\"is_trashed\":false,\"gone\":true}}"))
                .isEqualTo("TRASHES alone");
        assertThat(read(policy, "PUT", "application/json", "{\"gone\":true}")).isEqualTo("SILENT");
        assertThat(read(policy, "PATCH", "application/json", "[{\"op\":\"remove\",\"path\":\"/order/gone\"}]"))
                .isEqualTo("REVIVES alone");
    }

    @Test
    void whatIsNoWriteIsSilentAndWhatIsNoJsonIsUnreadable() {
        ResourcePolicy policy = TestPolicy.with(TestPolicy.FLAG).policy();
        assertThat(read(policy, "GET", "application/json", "{\"is_trashed\":true}"))
                .isEqualTo("SILENT");
        assertThat(read(policy, "PUT", "application/json", "")).isEqualTo("SILENT");
        assertThat(read(policy, "POST", "application/x-www-form-urlencoded", "is_trashed=true"))
                .isEqualTo("UNREADABLE");
        var elsewhere = new Marker.ExtensionResource(
                new PathTemplate("/orders/{id}/meta", List.of()),
                Optional.empty(),
                "deleted",
                new Marker.ExtensionValue.DeleteTime(),
                "key",
                "value");
        assertThat(read(TestPolicy.with(elsewhere).policy(), "PUT", "application/json", "{}"))
                .isEqualTo("SILENT");
    }

    @Test
    void ourOwnWritesAreUnderstood() {
        byte[] document = "{\"id\":7,\"fields\":[{\"key\":\"deleted\",\"value\":\"\"}]}".getBytes(UTF_8);
        for (String marker : List.of("flag", "time", "list", "dated", "nested")) {
            for (String form : List.of("MERGE_PATCH", "JSON_PATCH", "JSON", "PUT")) {
                TestPolicy policy = MarkerWriteTest.policy(marker, form);
                MarkerWrite write = policy.codec().trash(Optional.of(document), Instant.EPOCH);
                var read =
                        ClientMarkerWrite.read(policy.policy(), "PATCH", Optional.of(write.mediaType()), write.body());
                assertThat(read.effect()).isEqualTo(ClientMarkerWrite.Effect.TRASHES);
                assertThat(read.alone()).isEqualTo(!form.equals("PUT"));
            }
        }
    }

    private static String read(ResourcePolicy policy, String method, String type, String body) {
        return text(ClientMarkerWrite.read(policy, method, Optional.of(type), body.getBytes(UTF_8)));
    }

    private static String text(ClientMarkerWrite write) {
        return write.effect() + (write.alone() ? " alone" : "");
    }
}
