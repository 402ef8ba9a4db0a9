package dev.cenotaph.load.speed.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenotaph.load.speed.result.GatlingFigures;
import org.junit.jupiter.api.Test;

final class GatlingStatisticsTest {
    private static final String ROW = """
            <tr id="req_gone-cenotaph--42215511" data-parent="ROOT">
              <td class="total col-1">
                <span id="stats-table-req_gone-cenotaph" class="ellipsed-name">gone cenotaph</span>
                <span class="value" style="display:none;">0</span>
              </td>
              <td class="value total col-2">500</td>
              <td class="value ok col-3">497</td>
              <td class="value ko col-4">3</td>
              <td class="value ko col-5">0.6</td>
              <td class="value total col-6">13.16</td>
              <td class="value total col-7">1</td>
              <td class="value total col-8">2</td>
              <td class="value total col-9">4</td>
              <td class="value total col-10">8</td>
              <td class="value total col-11">16</td>
              <td class="value total col-12">32</td>
              <td class="value total col-13">3</td>
              <td class="value total col-14">-</td>
            </tr>
            """;

    @Test
    void figuresOfARequestAreFound() {
        assertThat(GatlingStatistics.read("<table>" + ROW + "</table>"))
                .containsExactly(new GatlingFigures("gone", "cenotaph", 500, 500, 3, 2, 4, 8, 16));
    }

    @Test
    void requestsOfOtherNamesAreNoFigures() {
        String total = ROW.replace("gone cenotaph<", "All Requests<");
        String first = ROW.replace("gone cenotaph<", "restore cenotaph (its DELETE)<");
        String warmUp = ROW.replace("gone cenotaph<", "warm-up (cenotaph)<");
        assertThat(GatlingStatistics.read(total + warmUp + first + ROW)).hasSize(1);
    }

    @Test
    void pageOfAnotherMakeIsNotReadWrongly() {
        assertThatThrownBy(() -> GatlingStatistics.read("<html></html>")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> GatlingStatistics.read(ROW.replace("col-14\">-", "col-14\">n/a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("looks different");
    }
}
