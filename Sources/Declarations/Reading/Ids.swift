import SuretyCore

extension Reading {
    /// Whether an id has the form of one, with an error when it has not.
    func isID(_ pair: YamlPair, _ what: String) -> Bool {
        let id = pair.key
        let isGood =
            !id.isEmpty && id.utf8.count <= 100
            && id.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains($0)
            }
            && !".-".contains(id.prefix(1))
        if !isGood {
            error(
                pair.keyNode.location, "`\(abbreviated(id))` is no id of \(what)",
                hint: "Ids have letters, digits, `-`, `_` and `.`, at most 100.")
        }
        return isGood
    }

    /// The name of an asset; nil, with an error, when it is not `schema.table`.
    func assetName(_ text: Written) -> AssetName? {
        let odd = "\"'`/\\:;,(){}[]@".unicodeScalars
        guard let name = AssetName(text.text),
            text.text.unicodeScalars.allSatisfy({
                !$0.properties.isWhitespace && !odd.contains($0) && $0.value >= 32
            })
        else {
            error(
                text.location, "`\(text.shown)` is no name of an asset",
                hint: "Write `schema.table`, as it is named in the warehouse.")
            return nil
        }
        guard name.schema.utf8.count <= 63, name.table.utf8.count <= 63 else {
            error(
                text.location,
                "`\(text.shown)` is longer than the 63 bytes that a name in the warehouse may have")
            return nil
        }
        return name
    }
}
