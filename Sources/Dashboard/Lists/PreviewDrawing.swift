import Marketplace
import Screen

extension Pane {
    /// Draws what stands beside a list, and the line between them.
    ///
    /// While a key repeats nothing follows the cursor: values of a row that was passed could be taken for those of the row
    /// on the cursor, and labels alone would be sent again with each row by which the list scrolls.
    /// - Parameter scroll: The first line of it, where a row is open.
    func drawBeside(
        _ page: @autoclosure () -> Page?, from scroll: Int = 0, on canvas: inout Canvas, in rect: Rect, _ model: Model
    ) {
        canvas.verticalRule(x: rect.x - 1, y: rect.y, height: rect.height)
        let isOpened = openRow != nil
        if isOpened || !model.holdsPreview { page()?.draw(on: &canvas, in: rect, from: isOpened ? scroll : 0) }
    }
}
