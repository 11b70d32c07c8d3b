import Screen

/// The keys of every form.
enum FormKeys {
    static let nextRow = KeyAction(.nextRow, [.tab], title: "next box; Enter and Down too", hint: "next")
    static let rowBefore = KeyAction(.rowBefore, [.backTab], title: "box before; Up too")
    static let estimate = KeyAction(.estimate, [.function(5)], title: "ask for the price again", hint: "price")
    static let addLine = KeyAction(.addLine, [.function(2)], title: "add a line from the catalogue", hint: "add line")
    static let removeLine = KeyAction(
        .removeLine, [.function(8)], title: "remove the line on the cursor from the order")
    static let addUnits = KeyAction(
        .addUnits, [.function(6)],
        title: "add the units to the subscription that has the product already")
    static let scrollWords = KeyAction(
        .scrollWords, [.pageDown, .pageUp], title: "scroll the text beside or below the boxes")
    static let review = KeyAction(.review, [.function(10), .control("o")], title: "to the review", hint: "review")
    static let choose = KeyAction(
        .choose, [" "], title: "choose, where there is a choice", reasonFixed: "it is text in a text box")
    static let edit = KeyAction(
        .edit,
        [
            .enter, .up, .down, .left, .right, .home, .end, .backspace, .delete, .control("a"), .control("e"),
            .control("k"), .control("u"), .control("w"),
        ], title: "edit the box; in a proposal the first character replaces it, Backspace empties it, arrows edit it",
        reasonFixed: "they edit text in every box")
    static let leaveForm = KeyAction(
        .leaveForm, [.escape], title: "leave the form; what was typed is kept as a draft, nothing is sent",
        hint: "leave",
        reasonFixed: "Esc goes back whatever happens")

    static let table = KeyTable(
        name: "forms",
        actions: [
            nextRow, rowBefore, estimate, addLine, removeLine, addUnits, scrollWords, review, choose, edit, leaveForm,
        ], isTypedIn: true)
}

/// The keys of a review.
enum ReviewKeys {
    static let estimate = KeyAction(
        .estimate, [.function(5)], title: "check everything again", hint: "check again")
    static let confirm = KeyAction(
        .confirm, [.enter], title: "send it when the words are typed, else go back", hint: "send, once typed",
        reasonFixed: "the review asks for typed words and Enter, so that no single key writes")
    static let scrollReview = KeyAction(
        .scrollReview, [.up, .down, .pageUp, .pageDown], title: "scroll the review",
        reasonFixed: "a review must be read to its end")
    static let leaveReview = KeyAction(
        .leaveReview, [.escape], title: "back to the form; nothing is sent", hint: "back to the form",
        reasonFixed: "Esc goes back whatever happens")

    static let table = KeyTable(
        name: "review", actions: [estimate, confirm, scrollReview, leaveReview], isTypedIn: true)
}

/// The keys of a bulk change, from its preview to its report.
enum BulkKeys {
    static let takeIn = KeyAction(
        .takeIn, [" "], title: "include the row, or leave it out", hint: "in or out",
        reasonFixed: "it is text once words are typed")
    static let estimate = KeyAction(
        .estimate, [.function(5)], title: "check each row again", hint: "check again")
    static let exportRows = KeyAction(
        .exportRows, ["e"], title: "export the rows with their reasons, as CSV", hint: "export",
        reasonFixed: "it is text once words are typed")
    static let review = KeyAction(
        .review, [.function(10), .control("o")], title: "after a stop, review the rest",
        hint: "review the rest")
    static let confirm = KeyAction(
        .confirm, [.enter], title: "send them when the words are typed, else go back",
        hint: "send, once typed",
        reasonFixed: "the review asks for typed words and Enter, so that no single key writes")
    static let scrollReview = KeyAction(
        .scrollReview, [.up, .down, .pageUp, .pageDown], title: "to the other rows",
        reasonFixed: "a review must be read to its end")
    static let leaveReview = KeyAction(
        .leaveReview, [.escape], title: "back; while rows are sent, stop after the one being sent",
        hint: "back", reasonFixed: "Esc goes back whatever happens")

    static let table = KeyTable(
        name: "bulk changes", actions: [takeIn, estimate, exportRows, review, confirm, scrollReview, leaveReview],
        isTypedIn: true)
}
