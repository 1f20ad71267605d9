"""The stock of sentences, by reporter type and section. `{…}` are numbers filled in by `samples.narratives`."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "district_police": {
        "situation": (
            "Tính đến ngày {until}, toàn địa bàn xảy ra {offences} vụ phạm pháp hình sự, {drugs} vụ phạm tội về ma túy; tình hình trật tự, an toàn xã hội cơ bản được giữ vững.",
            "Công an các xã, phường, thị trấn đã tiếp nhận {reports} tin báo, tố giác tội phạm; việc phân loại, xử lý bảo đảm đúng trình tự, thời hạn.",
            "Đã mở {few} đợt cao điểm tấn công, trấn áp tội phạm, tập trung vào trộm cắp tài sản, cố ý gây thương tích và các tụ điểm cờ bạc, số đề.",
            "Tổ chức {many} lượt tuần tra kiểm soát ban đêm, phát hiện, nhắc nhở và xử lý {some} trường hợp vi phạm trật tự công cộng.",
            "Đã gọi hỏi, răn đe {some} đối tượng có biểu hiện nghi vấn; rà soát, đưa vào diện quản lý, giáo dục tại xã {few} trường hợp mới.",
            "Vận động nhân dân giao nộp {few} khẩu súng tự chế, {some} vũ khí thô sơ và công cụ hỗ trợ các loại.",
            "Phối hợp với các đoàn thể tổ chức {some} cuộc họp dân tại địa bàn phức tạp, có {people} lượt người dự.",
        ),
        "shortcomings": (
            "Công tác nắm tình hình ở một số ấp, khóm vùng sâu có lúc chưa kịp thời.",
            "Tỷ lệ khám phá án trộm cắp tài sản nhỏ lẻ còn thấp so với yêu cầu.",
            "Một số tụ điểm đá gà, đánh bạc nhỏ lẻ được triệt xóa nhưng còn tái diễn.",
            "Việc quản lý người nghiện ma túy ngoài cộng đồng, nhất là người thường xuyên vắng mặt tại địa phương, còn khó khăn.",
            "Hồ sơ quản lý đối tượng ở một vài đơn vị cấp xã lập chưa đầy đủ, bổ sung còn chậm.",
        ),
        "causes": (
            "Lực lượng Công an xã còn mỏng, địa bàn rộng, nhiều sông rạch, đi lại khó khăn.",
            "Một bộ phận thanh niên không có việc làm ổn định, đi làm ăn xa rồi trở về địa phương, khó quản lý.",
            "Phương thức, thủ đoạn hoạt động của tội phạm ngày càng tinh vi, nhất là tội phạm sử dụng mạng xã hội.",
            "Ý thức tự bảo vệ tài sản của một bộ phận nhân dân chưa cao.",
            "Kinh phí, phương tiện phục vụ tuần tra trên tuyến sông, ven biển còn thiếu.",
        ),
        "proposals": (
            "Đề nghị Công an tỉnh tăng cường cán bộ có nghiệp vụ hỗ trợ các xã được chọn chuyển hóa.",
            "Đề nghị bổ sung {few} phương tiện thủy phục vụ tuần tra ở các xã ven biển.",
            "Đề nghị cấp ủy, chính quyền cơ sở gắn kết quả chuyển hóa địa bàn với bình xét thi đua cuối năm.",
            "Đề nghị các đoàn thể tiếp tục nhận giúp đỡ người chấp hành xong án phạt tù có việc làm, ổn định cuộc sống.",
        ),
    },
    "district_committee": {
        "situation": (
            "{reporter} đã ban hành kế hoạch và {few} văn bản chỉ đạo các ngành, các xã tổ chức thực hiện công tác chuyển hóa địa bàn.",
            "Đã đưa nội dung chuyển hóa địa bàn vào nghị quyết của cấp ủy, chương trình công tác của Ủy ban nhân dân và tiêu chí thi đua của cơ sở.",
            "Tổ chức {many} cuộc tuyên truyền về phòng, chống tội phạm, tệ nạn xã hội, thu hút {people} lượt người tham dự.",
            "Duy trì hoạt động của {some} tổ tự quản, tổ hòa giải; hòa giải thành {share}% số vụ mâu thuẫn trong nhân dân.",
            "Kiện toàn Ban Chỉ đạo cấp xã ở {some} đơn vị theo hướng thu gọn đầu mối; phân công thành viên phụ trách từng ấp, khóm.",
            "Giải quyết việc làm cho {some} người chấp hành xong án phạt tù, người hoàn thành cai nghiện trở về địa phương.",
            "Xây dựng mới {few} mô hình tự phòng, tự quản về an ninh, trật tự, bước đầu hoạt động có hiệu quả.",
        ),
        "shortcomings": (
            "Một số cấp ủy, chính quyền cơ sở chưa quan tâm đúng mức, còn xem đây là việc của ngành Công an.",
            "Hình thức tuyên truyền ở vài nơi chưa đổi mới, chưa đến được người lao động đi biển dài ngày.",
            "Mô hình quần chúng tự quản ở một số ấp hoạt động còn hình thức.",
            "Công tác phối hợp giữa các ngành trong quản lý người lầm lỗi tại cộng đồng chưa chặt chẽ.",
        ),
        "causes": (
            "Đời sống một bộ phận nhân dân còn khó khăn, tỷ lệ lao động không có việc làm thường xuyên còn cao.",
            "Cán bộ cơ sở kiêm nhiệm nhiều việc, thường xuyên thay đổi.",
            "Kinh phí cho công tác phòng, chống tội phạm ở cấp xã còn hạn hẹp.",
            "Địa bàn sông nước, dân cư phân tán, số người tạm trú, đi làm ăn xa biến động lớn.",
        ),
        "proposals": (
            "Đề nghị Ủy ban nhân dân tỉnh xem xét hỗ trợ kinh phí cho các xã được chọn chuyển hóa trong năm.",
            "Đề nghị tổ chức tập huấn nghiệp vụ cho thành viên Ban Chỉ đạo cấp xã và các tổ tự quản.",
            "Đề nghị các sở, ngành hướng dẫn nhân rộng những mô hình đã hoạt động có hiệu quả.",
            "Đề nghị sớm có chế độ bồi dưỡng đối với lực lượng dân phòng, bảo vệ dân phố ở địa bàn chuyển hóa.",
        ),
    },
    "police_division": {
        "situation": (
            "Đơn vị đã phân công {some} lượt cán bộ xuống hỗ trợ Công an các huyện, thành phố tại địa bàn trọng điểm.",
            "Phối hợp Công an cấp huyện rà soát toàn bộ {units} xã, phường, thị trấn theo lĩnh vực phụ trách, số liệu đã được đối chiếu với hồ sơ quản lý.",
            "Tổ chức {few} đợt kiểm tra chuyên đề, phát hiện và lập hồ sơ xử lý {some} trường hợp vi phạm.",
            "Hướng dẫn nghiệp vụ cho {some} Công an xã về phát hiện, phòng ngừa vi phạm thuộc lĩnh vực của đơn vị.",
        ),
        "shortcomings": (
            "Số liệu của một số xã gửi về còn chậm, phải đối chiếu lại nhiều lần.",
            "Việc phát hiện vi phạm chủ yếu qua kiểm tra theo kế hoạch, qua tin báo của quần chúng còn ít.",
            "Hoạt động hỗ trợ cơ sở ở các xã ven biển chưa thường xuyên.",
        ),
        "causes": (
            "Biên chế ít, cùng lúc phải thực hiện nhiều chuyên đề trong năm.",
            "Một số cơ sở sản xuất, kinh doanh còn đối phó với việc kiểm tra.",
            "Địa bàn hoạt động trải rộng trên chín huyện, thành phố.",
        ),
        "proposals": (
            "Đề nghị Công an các huyện, thành phố cử cán bộ đầu mối cung cấp số liệu đúng hạn.",
            "Đề nghị trang bị thêm phương tiện đo, kiểm tra nhanh phục vụ công tác ở cơ sở.",
            "Đề nghị các ngành tăng cường trao đổi thông tin về cơ sở có dấu hiệu vi phạm.",
        ),
    },
    "provincial_body": {
        "situation": (
            "{reporter} đã lồng ghép nội dung của Kế hoạch vào chương trình công tác năm và triển khai đến các đơn vị trực thuộc.",
            "Phối hợp với Công an tỉnh và Ủy ban nhân dân các huyện, thành phố tổ chức {some} cuộc tuyên truyền tại cơ sở với {people} lượt người tham dự.",
            "Đã cử {few} cán bộ tham gia các đoàn kiểm tra, khảo sát tại địa bàn chuyển hóa.",
            "Thực hiện {some} tin, bài và phóng sự về gương người tốt, việc tốt trong phong trào toàn dân bảo vệ an ninh Tổ quốc.",
            "Duy trì chương trình phối hợp đã ký với Công an tỉnh, sơ kết định kỳ theo quy định.",
        ),
        "shortcomings": (
            "Việc lồng ghép với các chương trình khác của ngành có lúc chưa đồng bộ.",
            "Công tác kiểm tra, hướng dẫn cơ sở chưa được tiến hành thường xuyên.",
            "Thông tin hai chiều giữa ngành với địa phương còn chậm.",
        ),
        "causes": (
            "Nhiệm vụ chuyên môn của ngành nhiều, cán bộ theo dõi công tác này đều kiêm nhiệm.",
            "Kinh phí bố trí trong dự toán chi thường xuyên còn hạn chế.",
            "Một số địa phương chưa chủ động phối hợp.",
        ),
        "proposals": (
            "Đề nghị cơ quan thường trực thông báo sớm danh sách địa bàn hằng năm để ngành chủ động kế hoạch phối hợp.",
            "Đề nghị bố trí kinh phí tuyên truyền riêng cho các địa bàn được chọn chuyển hóa.",
            "Đề nghị tổ chức sơ kết, trao đổi kinh nghiệm giữa các địa bàn đã chuyển hóa thành công.",
        ),
    },
}
